package countinghouse.billing.invoice;

import countinghouse.billing.plan.PlanItem;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.rating.Detail;
import countinghouse.billing.rating.LineRating;
import countinghouse.billing.rating.Rated;
import countinghouse.billing.rating.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The amount of a line, from the plan item and the usage alone; what drafts a line also verifies it. */
public final class LinePricing {
    private LinePricing() {}

    /**
     * The working of a line.
     *
     * @param usage empty for fixed amounts, which are prorated by the share
     */
    public static Rated rate(PlanItem item, Optional<Usage> usage, Share share) {
        Rated rated = LineRating.wholePeriod(item.price(), item.terms(), usage.orElse(Usage.NONE));
        return usage.isPresent() || share.part() == share.whole() ? rated : prorated(rated, share);
    }

    /** The line's amount: rounded here, and nowhere else. */
    public static BigDecimal amount(PlanVersion plan, Rated rated) {
        return plan.currency().round(rated.amount());
    }

    private static Rated prorated(Rated rated, Share share) {
        List<Detail> details = rated.details().stream()
                .map(detail -> new Detail(
                        "%s-for-%d-of-%d".formatted(detail.reference(), share.part(), share.whole()),
                        detail.quantity(),
                        detail.unitPrice(),
                        share.of(detail.amount())))
                .toList();
        return new Rated(details);
    }
}
