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
     * @param usage empty for fixed amounts
     * @param share of the period that the line covers: fixed amounts, included units and commitments are there by their share
     */
    public static Rated rate(PlanItem item, Optional<Usage> usage, Share share) {
        if (share.part() == share.whole()) {
            return LineRating.wholePeriod(item.price(), item.terms(), usage.orElse(Usage.NONE));
        }
        return usage.map(used -> LineRating.wholePeriod(
                        item.price().forPart(share::of), item.terms().forPart(share::of), used))
                .orElseGet(() -> prorated(LineRating.wholePeriod(item.price(), item.terms(), Usage.NONE), share));
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
