package countinghouse.metering.row;

import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;
import org.apache.datasketches.hll.HllSketch;

/** A row that is being counted: contributions are added in place, because a sketch is too large to be copied for every event. */
public final class RowTotal {
    private long n;
    private long fingerprintHigh;
    private long fingerprintLow;
    /** Null while there is none beside {@code ones}, and always if the row is a sketch. */
    private Quantity quantity;
    /** How often {@link Quantity#ONE} was counted; not in {@code quantity}, which would be made anew each time. */
    private long ones;
    /** Null unless the row is a sketch. */
    private HllSketch sketch;

    /** A row of no events. */
    public RowTotal() {}

    /** A row to be counted on. */
    public RowTotal(RowValue counted) {
        this.n = counted.n();
        this.fingerprintHigh = counted.fingerprint().high();
        this.fingerprintLow = counted.fingerprint().low();
        if (counted.measure() instanceof Uniques uniques) {
            this.sketch = uniques.toSketch();
        } else {
            this.quantity = (Quantity) counted.measure();
        }
    }

    /** Adds what one event contributes; the aggregation is always that of the row's meter. */
    public void add(Aggregation aggregation, Contribution contribution, Fingerprint ofContribution) {
        n++;
        addFingerprint(ofContribution);
        if (contribution instanceof UniqueItem item) {
            if (sketch == null) {
                sketch = Uniques.emptySketch();
            }
            sketch.update(item.text());
        } else if (contribution == Quantity.ONE && aggregation == Aggregation.COUNT) {
            ones++;
        } else {
            quantity = with((Quantity) contribution, aggregation);
        }
    }

    private Quantity with(Quantity added, Aggregation aggregation) {
        return quantity == null ? added : (Quantity) quantity.merge(aggregation, added);
    }

    /** The sum of 128 bits, as {@link Fingerprint#plus} makes it, in place. */
    private void addFingerprint(Fingerprint added) {
        fingerprintLow += added.low();
        long carry = Long.compareUnsigned(fingerprintLow, added.low()) < 0 ? 1 : 0;
        fingerprintHigh += added.high() + carry;
    }

    public boolean isEmpty() {
        return n == 0;
    }

    /** The row as it stands; it does not change when more is added. At least one contribution must have been added. */
    public RowValue value() {
        Measure measure = sketch == null ? quantity() : Uniques.copyOf(sketch);
        return new RowValue(n, measure, new Fingerprint(fingerprintHigh, fingerprintLow));
    }

    private Quantity quantity() {
        return ones == 0 ? quantity : with(new Quantity(BigDecimal.valueOf(ones)), Aggregation.COUNT);
    }
}
