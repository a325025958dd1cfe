package countinghouse.fault.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What a row must hold: the number of its events, their sum, and the sum of their hashes modulo 2^128. */
public final class ExpectedRow {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

    private long events;
    private BigDecimal value = BigDecimal.ZERO;
    private BigInteger fingerprint = BigInteger.ZERO;

    void add(BigDecimal contribution, BigInteger hash) {
        plus(1, contribution, hash);
    }

    /** Adds the events of another row; the two must have none in common. */
    public void add(ExpectedRow other) {
        plus(other.events, other.value, other.fingerprint);
    }

    private void plus(long moreEvents, BigDecimal moreValue, BigInteger moreFingerprint) {
        events += moreEvents;
        value = value.add(moreValue);
        fingerprint = fingerprint.add(moreFingerprint).mod(MODULUS);
    }

    /** {@code n|value|fingerprint}, as Redis holds it. */
    public String text() {
        return "%d|%s|%032x".formatted(events, value(), fingerprint);
    }

    /** The sum, without exponent and trailing zeros. */
    public String value() {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
