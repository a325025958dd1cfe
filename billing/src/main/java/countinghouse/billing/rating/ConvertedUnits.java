package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Units are converted and rounded to whole ones before another price rates them (convert, round, then discount).
 *
 * @param divideBy metered units in a billed unit, above 0
 * @param rounding of the converted quantity
 * @param price in converted units
 */
public record ConvertedUnits(BigDecimal divideBy, RoundingMode rounding, Price price) implements Price {
    public ConvertedUnits {
        if (divideBy.signum() <= 0) {
            throw new RatingException("Units are divided by a number above 0, not " + divideBy.toPlainString());
        }
    }

    @Override
    public Rated rate(Usage usage) {
        return price.rate(usage.withQuantity(usage.quantity().divide(divideBy, 0, rounding)));
    }
}
