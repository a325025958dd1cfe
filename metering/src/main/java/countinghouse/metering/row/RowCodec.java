package countinghouse.metering.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The binary form of rows on the counts topic: texts as a big-endian int length and UTF-8, numbers big-endian. Keys start with a
 * kind byte, so that other entries of the speed layer can live beside rows; {@link #isRow} tells them apart.
 */
public final class RowCodec {
    private static final byte ROW = 'R';

    private RowCodec() {}

    public static boolean isRow(byte[] key) {
        return key.length > 0 && key[0] == ROW;
    }

    public static byte[] encodeKey(RowKey key) {
        byte[] meter = key.meter().getBytes(UTF_8);
        byte[] account = key.account().getBytes(UTF_8);
        byte[] dimensions = key.dimensions().getBytes(UTF_8);
        byte[] partition = key.partition().getBytes(UTF_8);
        int size = 1
                + 4 * Integer.BYTES
                + meter.length
                + account.length
                + dimensions.length
                + partition.length
                + 2 * Long.BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(size).put(ROW);
        putText(buffer, meter);
        putText(buffer, account);
        putText(buffer, dimensions);
        buffer.putLong(key.cellMs()).putLong(key.bucketMs());
        putText(buffer, partition);
        return buffer.array();
    }

    public static RowKey decodeKey(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        String meter = text(buffer);
        String account = text(buffer);
        String dimensions = text(buffer);
        long cellMs = buffer.getLong();
        long bucketMs = buffer.getLong();
        return new RowKey(meter, account, dimensions, cellMs, bucketMs, text(buffer));
    }

    public static byte[] encodeValue(RowValue value) {
        byte[] unscaled = Decimals.unscaled(value.value()).toByteArray();
        return ByteBuffer.allocate(Long.BYTES + Fingerprint.BYTES + unscaled.length)
                .putLong(value.n())
                .put(value.fingerprint().toBytes())
                .put(unscaled)
                .array();
    }

    public static RowValue decodeValue(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long n = buffer.getLong();
        byte[] fingerprint = new byte[Fingerprint.BYTES];
        buffer.get(fingerprint);
        byte[] unscaled = new byte[buffer.remaining()];
        buffer.get(unscaled);
        return new RowValue(
                n, new BigDecimal(new BigInteger(unscaled), Decimals.SCALE), Fingerprint.ofBytes(fingerprint));
    }

    private static void putText(ByteBuffer buffer, byte[] utf8) {
        buffer.putInt(utf8.length).put(utf8);
    }

    private static String text(ByteBuffer buffer) {
        byte[] utf8 = new byte[buffer.getInt()];
        buffer.get(utf8);
        return new String(utf8, UTF_8);
    }
}
