package countinghouse.fault.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;
import org.apache.datasketches.hll.HllSketch;

/** What a row must hold: the number of its events, their sum or their different items, and the sum of their hashes modulo 2^128. */
public final class ExpectedRow {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);
    private static final int LG_K = 12;

    private final Set<String> items = new HashSet<>();
    private long events;
    private BigDecimal value = BigDecimal.ZERO;
    private BigInteger fingerprint = BigInteger.ZERO;

    void add(Contribution contribution, BigInteger hash) {
        if (contribution.item() == null) {
            value = value.add(contribution.value());
        } else {
            items.add(contribution.item());
        }
        add(1, hash);
    }

    /** Adds the events of another row; the two must have none in common. */
    public void add(ExpectedRow other) {
        value = value.add(other.value);
        items.addAll(other.items);
        add(other.events, other.fingerprint);
    }

    private void add(long moreEvents, BigInteger moreFingerprint) {
        events += moreEvents;
        fingerprint = fingerprint.add(moreFingerprint).mod(MODULUS);
    }

    /** {@code n|value|fingerprint}, as Redis holds it. */
    public String text() {
        return "%d|%s|%032x".formatted(events, value(), fingerprint);
    }

    /** The sum without exponent and trailing zeros, or what a sketch of the items estimates. */
    public String value() {
        if (!items.isEmpty()) {
            return estimate();
        }
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Whether it counts different items, of which platforms only keep an estimate. */
    public boolean isEstimate() {
        return !items.isEmpty();
    }

    private String estimate() {
        HllSketch sketch = new HllSketch(LG_K);
        items.forEach(sketch::update);
        return BigDecimal.valueOf(sketch.getCompositeEstimate())
                .setScale(0, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
