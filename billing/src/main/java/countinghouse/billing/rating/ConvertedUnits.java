package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Units are converted, and rounded to whole ones if it says so, before another price rates them (convert, round, then discount).
 *
 * @param divideBy metered units in a billed unit, above 0
 * @param rounding of the converted quantity to whole units; empty to keep it, exact to 34 digits
 * @param price in converted units
 */
public record ConvertedUnits(BigDecimal divideBy, Optional<RoundingMode> rounding, Price price) implements Price {
    public ConvertedUnits {
        if (divideBy.signum() <= 0) {
            throw new RatingException("Units are divided by a number above 0, not " + divideBy.toPlainString());
        }
    }

    @Override
    public Rated rate(Usage usage) {
        BigDecimal converted = rounding.map(mode -> usage.quantity().divide(divideBy, 0, mode))
                .orElseGet(() -> usage.quantity().divide(divideBy, MathContext.DECIMAL128));
        return price.rate(usage.withQuantity(converted));
    }

    @Override
    public Price forPart(UnaryOperator<BigDecimal> share) {
        return new ConvertedUnits(divideBy, rounding, price.forPart(share));
    }
}
