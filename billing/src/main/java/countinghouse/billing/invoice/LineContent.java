package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.rating.Detail;
import countinghouse.billing.rating.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a line's amount follows from.
 *
 * @param item of the plan
 * @param description for people
 * @param plan name of the plan
 * @param planVersion pinned version of the plan
 * @param planDigest SHA-256 of the version's canonical JSON, in hex
 * @param range event time that the line covers
 * @param share the part of the period that the range is; applies to fixed amounts
 * @param metered the usage; empty for fixed amounts
 * @param before what earlier documents charged of it; empty in the first document of a period
 * @param details the working of the whole range, exact
 */
public record LineContent(
        String item,
        String description,
        String plan,
        int planVersion,
        String planDigest,
        TimeRange range,
        Share share,
        Optional<MeteredEvidence> metered,
        Optional<Invoiced> before,
        List<Detail> details) {
    /**
     * The line's amount from a plan and a usage: the whole of its range, rounded once, less what was invoiced of it before.
     *
     * @param plan the pinned version
     * @param usage empty for fixed amounts
     */
    public BigDecimal amount(PlanVersion plan, Optional<Usage> usage) {
        BigDecimal whole = LinePricing.amount(plan, LinePricing.rate(plan.item(item), usage, share));
        return before.map(Invoiced::amount).map(whole::subtract).orElse(whole);
    }

    /** The line of an adjustment. */
    LineContent after(Invoiced invoiced) {
        return new LineContent(
                item,
                description,
                plan,
                planVersion,
                planDigest,
                range,
                share,
                metered,
                Optional.of(invoiced),
                details);
    }

    /** What the line is about, the same in every document of a period. */
    Key key() {
        return new Key(plan, planVersion, item, range);
    }

    /** The identity of a line among the documents of an account and period. */
    record Key(String plan, int planVersion, String item, TimeRange range) {}
}
