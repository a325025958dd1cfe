package countinghouse.metering.row;

import countinghouse.metering.meter.Aggregation;
import org.apache.datasketches.hll.HllSketch;

/** A row that is being counted: contributions are added in place, because a sketch is too large to be copied for every event. */
public final class RowTotal {
    private long n;
    private Fingerprint fingerprint = Fingerprint.ZERO;
    /** Null until the first contribution, and always if the row is a sketch. */
    private Quantity quantity;
    /** Null unless the row is a sketch. */
    private HllSketch sketch;

    /** A row of no events. */
    public RowTotal() {}

    /** A row to be counted on. */
    public RowTotal(RowValue counted) {
        this.n = counted.n();
        this.fingerprint = counted.fingerprint();
        if (counted.measure() instanceof Uniques uniques) {
            this.sketch = uniques.toSketch();
        } else {
            this.quantity = (Quantity) counted.measure();
        }
    }

    /** Adds what one event contributes; the aggregation is always that of the row's meter. */
    public void add(Aggregation aggregation, Contribution contribution, Fingerprint ofContribution) {
        n++;
        fingerprint = fingerprint.plus(ofContribution);
        if (contribution instanceof UniqueItem item) {
            if (sketch == null) {
                sketch = Uniques.emptySketch();
            }
            sketch.update(item.text());
        } else {
            Quantity added = (Quantity) contribution;
            quantity = quantity == null ? added : (Quantity) quantity.merge(aggregation, added);
        }
    }

    public boolean isEmpty() {
        return n == 0;
    }

    /** The row as it stands; it does not change when more is added. At least one contribution must have been added. */
    public RowValue value() {
        return new RowValue(n, sketch == null ? quantity : Uniques.copyOf(sketch), fingerprint);
    }
}
