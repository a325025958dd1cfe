package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Units are sold in whole packages.
 *
 * @param size units in a package, above 0
 * @param price of a package
 */
public record Packages(BigDecimal size, BigDecimal price) implements Price {
    public Packages {
        if (size.signum() <= 0) {
            throw new RatingException("A package size must be above 0, not " + size.toPlainString());
        }
    }

    @Override
    public Rated rate(Usage usage) {
        BigDecimal packages = usage.quantity().divide(size, 0, RoundingMode.CEILING);
        return packages.signum() == 0 ? Rated.NOTHING : Rated.of(Detail.of("package-usage", packages, price));
    }
}
