package countinghouse.metering.row;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import countinghouse.metering.identity.Identity;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A fingerprint of the events in a row: the sum modulo 2^128 of one hash per counted event. Addition makes it independent of order and
 * lets rows be added; equal fingerprints mean the same events with the same values (design.md, section 1).
 *
 * <p>The hash of an event is XXH3-128 over: topic (UTF-16 chars, as hash4j writes them, then their number), partition (int), offset (long),
 * identity (two longs), contributed value (a quantity in 10^-9 as two's complement bytes, a unique item as UTF-8; then their number); all
 * little-endian as hash4j defines.
 * It is for reconciliation, where nobody is an adversary; evidence on invoices uses SHA-256.
 */
public record Fingerprint(long high, long low) {
    public static final int BYTES = 16;
    public static final Fingerprint ZERO = new Fingerprint(0, 0);

    /** A stream holds a buffer of its own, too large to be made for every event. */
    private static final ThreadLocal<HashStream128> STREAM =
            ThreadLocal.withInitial(() -> Hashing.xxh3_128().hashStream());

    /** The fingerprint of a single contribution. */
    public static Fingerprint of(
            String topic, int partition, long offset, Identity identity, Contribution contribution) {
        HashValue128 hash = STREAM.get()
                .reset()
                .putString(topic)
                .putInt(partition)
                .putLong(offset)
                .putLong(identity.high())
                .putLong(identity.low())
                .putByteArray(contribution.hashed())
                .get();
        return new Fingerprint(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    /** The fingerprint of both sets of events; the sets must be disjoint. */
    public Fingerprint plus(Fingerprint other) {
        long sumLow = low + other.low;
        long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
        return new Fingerprint(high + other.high + carry, sumLow);
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    public static Fingerprint ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Fingerprint(buffer.getLong(), buffer.getLong());
    }

    /** 32 hex digits, most significant first. */
    public String toHex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    public static Fingerprint ofHex(String text) {
        return ofBytes(HexFormat.of().parseHex(text));
    }
}
