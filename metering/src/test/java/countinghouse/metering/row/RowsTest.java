package countinghouse.metering.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.identity.Identity;
import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final BigInteger TWO_TO_128 = BigInteger.ONE.shiftLeft(128);

    @Property(tries = 200)
    void shouldAddFingerprintsAsOne128BitNumber(@ForAll long a, @ForAll long b, @ForAll long c, @ForAll long d) {
        Fingerprint sum = new Fingerprint(a, b).plus(new Fingerprint(c, d));
        assertThat(number(sum))
                .isEqualTo(number(new Fingerprint(a, b))
                        .add(number(new Fingerprint(c, d)))
                        .mod(TWO_TO_128));
    }

    @Property(tries = 100)
    void shouldMergeRowsInAnyOrderToTheSameRow(
            @ForAll @Size(min = 1, max = 12) List<@Scale(9) BigDecimal> values,
            @ForAll("exact") Aggregation aggregation,
            @ForAll long seed) {
        List<RowValue> rows = new ArrayList<>();
        for (int offset = 0; offset < values.size(); offset++) {
            Quantity value = new Quantity(values.get(offset));
            rows.add(RowValue.of(value, Fingerprint.of("t", 0, offset, new Identity(offset, 0), value)));
        }
        RowValue inOrder = merge(aggregation, rows);
        Collections.shuffle(rows, new Random(seed));
        assertThat(merge(aggregation, rows)).isEqualTo(inOrder);
        assertThat(inOrder.n()).isEqualTo(values.size());
    }

    @Provide
    Arbitrary<Aggregation> exact() {
        return Arbitraries.of(Aggregation.class).filter(Aggregation::isExact);
    }

    @Test
    void shouldChangeWithEveryPartOfAContribution() {
        Identity identity = new Identity(1, 2);
        Fingerprint base = Fingerprint.of("t", 1, 2, identity, Quantity.ONE);
        assertThat(List.of(
                        Fingerprint.of("u", 1, 2, identity, Quantity.ONE),
                        Fingerprint.of("t", 2, 2, identity, Quantity.ONE),
                        Fingerprint.of("t", 1, 3, identity, Quantity.ONE),
                        Fingerprint.of("t", 1, 2, new Identity(1, 3), Quantity.ONE),
                        Fingerprint.of("t", 1, 2, identity, new Quantity(BigDecimal.TEN))))
                .doesNotContain(base)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNotDependOnHowManyZerosAValueIsWrittenWith() {
        Identity identity = new Identity(1, 2);
        assertThat(Fingerprint.of("t", 0, 0, identity, new Quantity(new BigDecimal("1.50"))))
                .isEqualTo(Fingerprint.of("t", 0, 0, identity, new Quantity(new BigDecimal("1.5"))));
    }

    @Test
    void shouldKeepTheFingerprintFormatForEver() {
        assertThat(Fingerprint.of("events.view", 3, 42, new Identity(1, 2), Quantity.ONE)
                        .toHex())
                .isEqualTo("253036216ffc80b935d15444df04feb7");
    }

    @Property(tries = 300)
    void shouldTakeTheSameFingerprintPartitionByPartition(
            @ForAll String topic,
            @ForAll int partition,
            @ForAll @Size(min = 1, max = 5) List<Long> offsets,
            @ForAll @Scale(9) BigDecimal value,
            @ForAll @StringLength(min = 1, max = 300) String item) {
        Fingerprinter fingerprinter = new Fingerprinter(topic, partition);
        for (long offset : offsets) {
            Identity identity = new Identity(~offset, offset * 31);
            for (Contribution contribution :
                    List.of(Quantity.ONE, new Quantity(value), new UniqueItem(item), Quantity.ONE)) {
                assertThat(fingerprinter.of(offset, identity, contribution))
                        .isEqualTo(Fingerprint.of(topic, partition, offset, identity, contribution));
            }
        }
    }

    @Property(tries = 200)
    void shouldCountARowInPlaceAsItMergesRowsOfOneEvent(
            @ForAll @Size(min = 1, max = 12) List<@Scale(9) BigDecimal> values,
            @ForAll("exact") Aggregation aggregation,
            @ForAll @IntRange(min = 0, max = 11) int restoredAfter) {
        RowTotal total = new RowTotal();
        List<RowValue> rows = new ArrayList<>();
        for (int offset = 0; offset < values.size(); offset++) {
            Quantity value = aggregation == Aggregation.COUNT ? Quantity.ONE : new Quantity(values.get(offset));
            Fingerprint fingerprint = Fingerprint.of("t", 0, offset, new Identity(offset, -offset), value);
            rows.add(RowValue.of(value, fingerprint));
            total.add(aggregation, value, fingerprint);
            if (offset == restoredAfter) {
                total = new RowTotal(total.value());
            }
        }
        assertThat(total.value()).isEqualTo(merge(aggregation, rows));
    }

    @Test
    void shouldTellKeysApartByEachOfTheirParts() {
        RowKey key = new RowKey("m", "a", "{}", 1, 2, "t-0");
        assertThat(key)
                .isEqualTo(new RowKey("m", "a", "{}", 1, 2, "t-0"))
                .hasSameHashCodeAs(new RowKey("m", "a", "{}", 1, 2, "t-0"));
        assertThat(List.of(
                        new RowKey("n", "a", "{}", 1, 2, "t-0"),
                        new RowKey("m", "b", "{}", 1, 2, "t-0"),
                        new RowKey("m", "a", "{x}", 1, 2, "t-0"),
                        new RowKey("m", "a", "{}", 0, 2, "t-0"),
                        new RowKey("m", "a", "{}", 1, 0, "t-0"),
                        new RowKey("m", "a", "{}", 1, 2, "t-1")))
                .doesNotContain(key);
    }

    @Property(tries = 100)
    void shouldSurviveItsBinaryAndItsTextForm(
            @ForAll @Scale(9) BigDecimal value, @ForAll long high, @ForAll long low, @ForAll String account) {
        RowKey key = new RowKey("views", account, "{\"a\":\"x|y\"}", 900_000, 3_600_000, "events.view-3");
        RowValue row = new RowValue(7, value, new Fingerprint(high, low));
        byte[] encoded = RowCodec.encodeKey(key);
        assertThat(RowCodec.isRow(encoded)).isTrue();
        assertThat(RowCodec.decodeValue(RowCodec.encodeValue(row))).isEqualTo(row);
        assertThat(RowText.parseValue(RowText.value(row))).isEqualTo(row);
        assertThat(RowText.key("views", account, RowText.field(key))).isEqualTo(key);
        assertThat(RowCodec.decodeKey(encoded).dimensions()).isEqualTo(key.dimensions());
    }

    @Test
    void shouldNotTakeOtherEntriesForRows() {
        assertThat(RowCodec.isRow(new byte[] {'P', 1})).isFalse();
        assertThat(RowCodec.isRow(new byte[0])).isFalse();
    }

    @Test
    void shouldRefuseToRound() {
        assertThatThrownBy(() -> Decimals.atScale(new BigDecimal("0.0000000001")))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldKnowTheLimitsOfAnEventsValue() {
        assertThat(Decimals.isWithinLimits(new BigDecimal("999999999999999.999999999")))
                .isTrue();
        assertThat(Decimals.isWithinLimits(new BigDecimal("1000000000000000"))).isFalse();
        assertThat(Decimals.isWithinLimits(new BigDecimal("0.0000000001"))).isFalse();
        assertThat(Decimals.isWithinLimits(new BigDecimal("1E+15"))).isFalse();
        // Their scale lies at the ends of int, where a difference of precision and scale overflows.
        assertThat(Decimals.isWithinLimits(new BigDecimal("1E+2147483647"))).isFalse();
        assertThat(Decimals.isWithinLimits(new BigDecimal("1E-2147483647"))).isFalse();
    }

    @Test
    void shouldWriteOneTextPerNumber() {
        assertThat(Decimals.text(new BigDecimal("1200.500000000"))).isEqualTo("1200.5");
        assertThat(Decimals.text(new BigDecimal("0E-9"))).isEqualTo("0");
        assertThat(Decimals.text(new BigDecimal("100"))).isEqualTo("100");
    }

    private static RowValue merge(Aggregation aggregation, List<RowValue> rows) {
        return rows.stream()
                .reduce((left, right) -> left.merge(aggregation, right))
                .orElseThrow();
    }

    private static BigInteger number(Fingerprint fingerprint) {
        return new BigInteger(1, fingerprint.toBytes());
    }
}
