package countinghouse.metering.row;

import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;

/**
 * The count of a row.
 *
 * @param n events in the row
 * @param value the aggregate, at scale 9
 * @param fingerprint of the events in the row
 */
public record RowValue(long n, BigDecimal value, Fingerprint fingerprint) {
    public RowValue {
        value = Decimals.atScale(value);
    }

    /** A row of one event. */
    public static RowValue of(BigDecimal value, Fingerprint fingerprint) {
        return new RowValue(1, value, fingerprint);
    }

    /** The row of both sets of events; the sets must be disjoint. */
    public RowValue merge(Aggregation aggregation, RowValue other) {
        return new RowValue(n + other.n, aggregation.merge(value, other.value), fingerprint.plus(other.fingerprint));
    }
}
