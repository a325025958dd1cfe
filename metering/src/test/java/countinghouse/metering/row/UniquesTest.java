package countinghouse.metering.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.identity.Identity;
import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.datasketches.hll.HllSketch;
import org.junit.jupiter.api.Test;

class UniquesTest {
    @Test
    void shouldCountEveryItemOnceHoweverOftenItComes() {
        RowTotal total = new RowTotal();
        for (int event = 0; event < 300; event++) {
            add(total, event, "viewer-" + event % 10);
        }
        assertThat(total.value().n()).isEqualTo(300);
        assertThat(total.value().value()).isEqualByComparingTo("10");
    }

    @Property(tries = 40)
    void shouldStateTheSameNumberHoweverTheEventsAreSplitAndOrdered(
            @ForAll @IntRange(min = 1, max = 9_000) int items,
            @ForAll @IntRange(min = 1, max = 7) int parts,
            @ForAll long seed) {
        RowTotal whole = new RowTotal();
        List<RowTotal> split = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            split.add(new RowTotal());
        }
        Random random = new Random(seed);
        for (int event = 0; event < items; event++) {
            add(whole, event, "viewer-" + event);
            add(split.get(random.nextInt(parts)), event, "viewer-" + event);
        }
        split.removeIf(RowTotal::isEmpty);
        Collections.shuffle(split, random);
        RowValue merged = split.stream()
                .map(RowTotal::value)
                .reduce((left, right) -> left.merge(Aggregation.UNIQUE_COUNT, right))
                .orElseThrow();
        assertThat(merged).isEqualTo(whole.value());
    }

    @Test
    void shouldErrLessThanFourStandardErrors() {
        int items = 100_000;
        RowTotal total = new RowTotal();
        for (int event = 0; event < items; event++) {
            add(total, event, "viewer-" + event);
        }
        BigDecimal error =
                total.value().value().subtract(BigDecimal.valueOf(items)).abs();
        BigDecimal bound = Uniques.RELATIVE_STANDARD_ERROR
                .multiply(BigDecimal.valueOf(items))
                .multiply(BigDecimal.valueOf(4));
        assertThat(error).isLessThan(bound);
    }

    @Test
    void shouldSurviveItsBinaryAndItsTextForm() {
        for (int items : List.of(1, 20, 5_000)) {
            RowTotal total = new RowTotal();
            for (int event = 0; event < items; event++) {
                add(total, event, "viewer-" + event);
            }
            RowValue row = total.value();
            assertThat(RowCodec.decodeValue(RowCodec.encodeValue(row))).isEqualTo(row);
            assertThat(RowText.parseValue(RowText.value(row))).isEqualTo(row);
        }
    }

    @Test
    void shouldGoOnCountingFromAValueWithoutChangingIt() {
        RowTotal first = new RowTotal();
        add(first, 0, "a");
        RowValue stored = first.value();

        RowTotal restored = new RowTotal(stored);
        add(restored, 1, "b");

        assertThat(stored.value()).isEqualByComparingTo("1");
        assertThat(restored.value().value()).isEqualByComparingTo("2");
        assertThat(restored.value().n()).isEqualTo(2);
    }

    @Test
    void shouldRefuseToMixSketchesWithNumbersOrOtherPrecisions() {
        Measure sketch = new UniqueItem("a").measure();
        assertThatThrownBy(() -> sketch.merge(Aggregation.SUM, Quantity.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantity.ONE.merge(Aggregation.SUM, sketch))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantity.ONE.merge(Aggregation.UNIQUE_COUNT, Quantity.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Uniques.ofBytes(new HllSketch(10).toCompactByteArray()))
                .hasMessageContaining("lgK 10");
        assertThatThrownBy(() -> new UniqueItem("")).hasMessageContaining("empty");
        byte[] encoded = RowCodec.encodeValue(new RowValue(1, sketch, Fingerprint.ZERO));
        encoded[Long.BYTES + Fingerprint.BYTES] = 'X';
        assertThatThrownBy(() -> RowCodec.decodeValue(encoded)).hasMessageContaining("kind");
    }

    private static void add(RowTotal total, long offset, String item) {
        UniqueItem contribution = new UniqueItem(item);
        total.add(
                Aggregation.UNIQUE_COUNT,
                contribution,
                Fingerprint.of("t", 0, offset, new Identity(offset, 0), contribution));
    }
}
