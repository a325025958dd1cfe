package countinghouse.serving.merge;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Measure;
import java.math.BigDecimal;

/**
 * A value and the layers it comes from.
 *
 * @param batch what the batch layer counted; null if it has no rows
 * @param speed what the speed layer counted since; null if it has no rows
 * @param n events counted by both
 */
public record MergedValue(Measure batch, Measure speed, long n) {
    public static final MergedValue NONE = new MergedValue(null, null, 0);

    public boolean isEmpty() {
        return n == 0;
    }

    /**
     * Both layers merged. Nothing counted is 0 for counts and sums, and null for a minimum or maximum.
     */
    public BigDecimal value(Aggregation aggregation) {
        return orZero(aggregation, merge(aggregation, batch, speed));
    }

    public BigDecimal batch(Aggregation aggregation) {
        return orZero(aggregation, batch);
    }

    public BigDecimal speed(Aggregation aggregation) {
        return orZero(aggregation, speed);
    }

    MergedValue plusBatch(Aggregation aggregation, Measure value, long events) {
        return new MergedValue(merge(aggregation, batch, value), speed, n + events);
    }

    MergedValue plusSpeed(Aggregation aggregation, Measure value, long events) {
        return new MergedValue(batch, merge(aggregation, speed, value), n + events);
    }

    MergedValue plus(Aggregation aggregation, MergedValue other) {
        return new MergedValue(
                merge(aggregation, batch, other.batch), merge(aggregation, speed, other.speed), n + other.n);
    }

    private static Measure merge(Aggregation aggregation, Measure left, Measure right) {
        if (left == null) {
            return right;
        }
        return right == null ? left : left.merge(aggregation, right);
    }

    private static BigDecimal orZero(Aggregation aggregation, Measure value) {
        if (value != null) {
            return value.number();
        }
        return aggregation == Aggregation.MIN || aggregation == Aggregation.MAX ? null : BigDecimal.ZERO;
    }
}
