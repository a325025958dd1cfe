package countinghouse.metering.row;

import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * How many different items were seen, as a DataSketches HLL sketch with lgK 12. Every engine that speaks DataSketches can merge it
 * (Spark's {@code hll_union} with the same lgK among them).
 *
 * <p>The number is always the composite estimate: unlike the HIP estimate it depends on the items alone and not on the order in which they
 * came or sketches were merged, so both layers state the same number for the same events.
 */
public final class Uniques implements Measure {
    /** The standard error of the composite estimate relative to the number: 1.04 / sqrt(2^lgK). */
    public static final BigDecimal RELATIVE_STANDARD_ERROR = new BigDecimal("0.01625");

    private static final int LG_K = 12;
    private static final TgtHllType TYPE = TgtHllType.HLL_8;

    private final HllSketch sketch;

    /** Takes the sketch over: nobody else may change it. */
    private Uniques(HllSketch sketch) {
        this.sketch = sketch;
    }

    static Uniques of(UniqueItem item) {
        HllSketch sketch = emptySketch();
        sketch.update(item.text());
        return new Uniques(sketch);
    }

    /** The measure of a sketch, which may be changed afterwards. */
    static Uniques copyOf(HllSketch sketch) {
        return new Uniques(sketch.copy());
    }

    static HllSketch emptySketch() {
        return new HllSketch(LG_K, TYPE);
    }

    /** A sketch with the same items, to be changed at will. */
    HllSketch toSketch() {
        return sketch.copy();
    }

    /**
     * Reads a serialised DataSketches HLL sketch of any type.
     *
     * @throws IllegalArgumentException if its lgK is not 12: a merge would lose precision unnoticed
     */
    public static Uniques ofBytes(byte[] bytes) {
        HllSketch sketch = HllSketch.heapify(bytes);
        if (sketch.getLgConfigK() != LG_K) {
            throw new IllegalArgumentException(
                    "Cannot read a sketch of lgK %d: unique counts use lgK %d".formatted(sketch.getLgConfigK(), LG_K));
        }
        return new Uniques(sketch);
    }

    /** The compact serialised sketch; the same items may give other bytes. */
    public byte[] toBytes() {
        return sketch.toCompactByteArray();
    }

    @Override
    public BigDecimal number() {
        return BigDecimal.valueOf(sketch.getCompositeEstimate())
                .setScale(0, RoundingMode.HALF_EVEN)
                .setScale(Decimals.SCALE);
    }

    @Override
    public Measure merge(Aggregation aggregation, Measure other) {
        if (aggregation != Aggregation.UNIQUE_COUNT || !(other instanceof Uniques uniques)) {
            throw new IllegalArgumentException("A sketch merges with a sketch of a UNIQUE_COUNT meter only");
        }
        Union union = new Union(LG_K);
        union.update(sketch);
        union.update(uniques.sketch);
        return new Uniques(union.getResult(TYPE));
    }

    /** Sketches are equal if they state the same number; which events they hold is the fingerprint's to tell. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Uniques uniques && number().equals(uniques.number());
    }

    @Override
    public int hashCode() {
        return number().hashCode();
    }

    @Override
    public String toString() {
        return "~" + Decimals.text(number());
    }
}
