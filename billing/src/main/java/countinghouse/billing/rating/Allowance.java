package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/**
 * A free allowance whose overage is blocked at admission, never charged. Units above it are shown beside the plan that would allow them.
 *
 * @param included units allowed
 * @param upsell plan to suggest
 */
public record Allowance(BigDecimal included, String upsell) implements Price {
    @Override
    public Rated rate(Usage usage) {
        if (usage.quantity().signum() == 0) {
            return Rated.NOTHING;
        }
        Rated within = Rated.of(Detail.of("allowance-usage", usage.quantity().min(included), BigDecimal.ZERO));
        BigDecimal above = usage.quantity().subtract(included);
        return above.signum() <= 0
                ? within
                : within.plus(Detail.of("blocked-overage-upgrade-to-" + upsell, above, BigDecimal.ZERO));
    }

    @Override
    public Price forPart(UnaryOperator<BigDecimal> share) {
        return new Allowance(share.apply(included), upsell);
    }
}
