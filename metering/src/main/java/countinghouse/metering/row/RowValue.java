package countinghouse.metering.row;

import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;

/**
 * The count of a row.
 *
 * @param n events in the row
 * @param measure what they amount to
 * @param fingerprint of the events in the row
 */
public record RowValue(long n, Measure measure, Fingerprint fingerprint) {
    /** A row with an exact number. */
    public RowValue(long n, BigDecimal value, Fingerprint fingerprint) {
        this(n, new Quantity(value), fingerprint);
    }

    /** A row of one event. */
    public static RowValue of(Contribution contribution, Fingerprint fingerprint) {
        return new RowValue(1, contribution.measure(), fingerprint);
    }

    /** The measure as a number at scale 9. */
    public BigDecimal value() {
        return measure.number();
    }

    /** The row of both sets of events; the sets must be disjoint. */
    public RowValue merge(Aggregation aggregation, RowValue other) {
        return new RowValue(
                n + other.n, measure.merge(aggregation, other.measure), fingerprint.plus(other.fingerprint));
    }
}
