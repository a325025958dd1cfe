package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/**
 * A price model with its numbers. Rating is a pure function of a price and a usage: no clock, no I/O, no rounding (except where the
 * model itself counts whole things, such as packages).
 */
public sealed interface Price
        permits Allowance,
                ConvertedUnits,
                Dynamic,
                Flat,
                Graduated,
                GraduatedPercentage,
                IncludedUnits,
                Packages,
                Percentage,
                PerUnit,
                Stairstep,
                TieredBlocks,
                Volume {
    /**
     * The price of a usage.
     *
     * @throws RatingException if the price does not cover the usage
     */
    Rated rate(Usage usage);

    /**
     * The price for a part of a period: what is fixed or included per period is there by its share, prices of usage are the same.
     *
     * @param share gives the part's share of a number
     */
    default Price forPart(UnaryOperator<BigDecimal> share) {
        return this;
    }
}
