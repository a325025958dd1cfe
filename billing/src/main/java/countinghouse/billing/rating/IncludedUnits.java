package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/**
 * Units included for free; what is above them is rated by another price.
 *
 * @param free subtracted before anything else, never below zero
 * @param overage price of the rest
 */
public record IncludedUnits(BigDecimal free, Price overage) implements Price {
    @Override
    public Rated rate(Usage usage) {
        BigDecimal above = usage.quantity().subtract(free).max(BigDecimal.ZERO);
        return overage.rate(usage.withQuantity(above));
    }

    @Override
    public Price forPart(UnaryOperator<BigDecimal> share) {
        return new IncludedUnits(share.apply(free), overage.forPart(share));
    }
}
