package countinghouse.metering.row;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import countinghouse.metering.identity.Identity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Fingerprints of the records of one partition: those of {@link Fingerprint#of}, from bytes whose beginning is laid out once. Not thread-safe.
 */
public final class Fingerprinter {
    private static final int QUANTITY_BYTES = 32;

    private final int prefixBytes;
    private ByteBuffer input;

    public Fingerprinter(String topic, int partition) {
        prefixBytes = topic.length() * Character.BYTES + 2 * Integer.BYTES;
        input = buffer(QUANTITY_BYTES);
        for (int i = 0; i < topic.length(); i++) {
            input.putChar(topic.charAt(i));
        }
        input.putInt(topic.length()).putInt(partition);
    }

    /** The fingerprint of a single contribution. */
    public Fingerprint of(long offset, Identity identity, Contribution contribution) {
        byte[] hashed = contribution.hashed();
        input.position(prefixBytes);
        if (input.remaining() < sizeBehindPrefix(hashed.length)) {
            input = buffer(2 * hashed.length).put(input.array(), 0, prefixBytes);
        }
        input.putLong(offset)
                .putLong(identity.high())
                .putLong(identity.low())
                .put(hashed)
                .putInt(hashed.length);
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(input.array(), 0, input.position());
        return new Fingerprint(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
    }

    private ByteBuffer buffer(int contributionBytes) {
        return ByteBuffer.allocate(prefixBytes + sizeBehindPrefix(contributionBytes))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int sizeBehindPrefix(int contributionBytes) {
        return 3 * Long.BYTES + contributionBytes + Integer.BYTES;
    }
}
