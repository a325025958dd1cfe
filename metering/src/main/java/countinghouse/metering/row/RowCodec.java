package countinghouse.metering.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The binary form of rows on the counts topic: texts as a big-endian int length and UTF-8, numbers big-endian. Keys start with a
 * kind byte, so that other entries of the speed layer can live beside rows; {@link #isRow} tells them apart. Values are n, fingerprint, the kind
 * of measure, and the measure.
 */
public final class RowCodec {
    private static final byte ROW = 'R';
    private static final byte QUANTITY = 'Q';
    private static final byte UNIQUES = 'U';

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
        byte kind;
        byte[] measure;
        if (value.measure() instanceof Uniques uniques) {
            kind = UNIQUES;
            measure = uniques.toBytes();
        } else {
            kind = QUANTITY;
            measure = Decimals.unscaled(value.value()).toByteArray();
        }
        return ByteBuffer.allocate(Long.BYTES + Fingerprint.BYTES + 1 + measure.length)
                .putLong(value.n())
                .put(value.fingerprint().toBytes())
                .put(kind)
                .put(measure)
                .array();
    }

    /**
     * Reads what {@link #encodeValue} wrote.
     *
     * @throws IllegalArgumentException if the bytes hold no kind of measure that this build knows
     */
    public static RowValue decodeValue(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long n = buffer.getLong();
        byte[] fingerprint = new byte[Fingerprint.BYTES];
        buffer.get(fingerprint);
        byte kind = buffer.get();
        byte[] encoded = new byte[buffer.remaining()];
        buffer.get(encoded);
        Measure measure =
                switch (kind) {
                    case QUANTITY -> new Quantity(new BigDecimal(new BigInteger(encoded), Decimals.SCALE));
                    case UNIQUES -> Uniques.ofBytes(encoded);
                    default ->
                        throw new IllegalArgumentException(
                                "Cannot read a count row whose measure is of the kind %d".formatted(kind));
                };
        return new RowValue(n, measure, Fingerprint.ofBytes(fingerprint));
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
