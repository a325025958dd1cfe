package countinghouse.fault.oracle;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The term of one contribution in a row's fingerprint, from the byte layout in docs/architecture/contracts.md: XXH3-128 over one array of
 * bytes.
 */
final class PositionHash {
    private static final BigInteger LOW_64 = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private PositionHash() {}

    static BigInteger of(String topic, int partition, long offset, EventKey key, byte[] contribution) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(topic.getBytes(StandardCharsets.UTF_16LE));
        bytes.writeBytes(littleEndian(Integer.BYTES).putInt(topic.length()).array());
        bytes.writeBytes(littleEndian(Integer.BYTES).putInt(partition).array());
        bytes.writeBytes(littleEndian(Long.BYTES).putLong(offset).array());
        bytes.writeBytes(littleEndian(Long.BYTES).putLong(key.high()).array());
        bytes.writeBytes(littleEndian(Long.BYTES).putLong(key.low()).array());
        bytes.writeBytes(contribution);
        bytes.writeBytes(littleEndian(Integer.BYTES).putInt(contribution.length).array());
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(bytes.toByteArray());
        return BigInteger.valueOf(hash.getMostSignificantBits())
                .and(LOW_64)
                .shiftLeft(Long.SIZE)
                .or(BigInteger.valueOf(hash.getLeastSignificantBits()).and(LOW_64));
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
