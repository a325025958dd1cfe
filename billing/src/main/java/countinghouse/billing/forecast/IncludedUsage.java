package countinghouse.billing.forecast;

import countinghouse.billing.plan.PlanItem;
import countinghouse.billing.rating.Allowance;
import countinghouse.billing.rating.IncludedUnits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** What a plan includes of a meter, and how much of it is used. */
public final class IncludedUsage {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private IncludedUsage() {}

    /** Units that an item includes; empty if it includes none. */
    public static Optional<BigDecimal> of(PlanItem item) {
        if (item.price() instanceof IncludedUnits included) {
            return Optional.of(included.free()).filter(units -> units.signum() > 0);
        }
        return isBlockedAbove(item)
                ? Optional.of(((Allowance) item.price()).included()).filter(units -> units.signum() > 0)
                : Optional.empty();
    }

    /** Whether usage above what is included is blocked rather than charged. */
    static boolean isBlockedAbove(PlanItem item) {
        return item.price() instanceof Allowance;
    }

    /** Whole percent of the included units that are used, rounded down, so that 100 means all of them. */
    public static int percent(BigDecimal used, BigDecimal included) {
        return used.multiply(HUNDRED)
                .divide(included, 0, RoundingMode.DOWN)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .intValue();
    }
}
