package countinghouse.metering.row;

import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;

/** What the events of a row amount to: an exact quantity, or for UNIQUE_COUNT a sketch. Immutable. */
public sealed interface Measure permits Quantity, Uniques {
    /** The measure as a number at scale 9; exact for a quantity, an estimate for a sketch. */
    BigDecimal number();

    /**
     * The measure of both sets of events; the sets must be disjoint.
     *
     * @throws IllegalArgumentException if the aggregation or the other measure is of another kind
     */
    Measure merge(Aggregation aggregation, Measure other);
}
