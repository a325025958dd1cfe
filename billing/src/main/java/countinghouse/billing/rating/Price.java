package countinghouse.billing.rating;

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
}
