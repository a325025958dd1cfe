package countinghouse.batch.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Encodes rows in PostgreSQL's binary COPY format (PostgreSQL documentation, "COPY", binary format). */
final class BinaryCopy {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    /** 2000-01-01, where PostgreSQL's time begins, in days since the epoch. */
    private static final int EPOCH_DAY = 10_957;

    private static final BigInteger NUMERIC_BASE = BigInteger.valueOf(10_000);
    private static final int NUMERIC_BASE_DIGITS = 4;
    private static final short NUMERIC_POSITIVE = 0;
    private static final short NUMERIC_NEGATIVE = 0x4000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    private final DataOutputStream out = new DataOutputStream(bytes);

    /** Starts the stream. */
    void begin() throws IOException {
        out.write(SIGNATURE);
        out.writeInt(0);
        out.writeInt(0);
    }

    void beginRow(int columns) throws IOException {
        out.writeShort(columns);
    }

    void end() throws IOException {
        out.writeShort(-1);
    }

    void putText(String text) throws IOException {
        putBytes(text.getBytes(UTF_8));
    }

    void putBytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    void putNull() throws IOException {
        out.writeInt(-1);
    }

    void putLong(long value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    }

    void putDay(int daysSinceEpoch) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(daysSinceEpoch - EPOCH_DAY);
    }

    void putInstant(long ms) throws IOException {
        putLong(TimeUnit.MILLISECONDS.toMicros(ms - TimeUnit.DAYS.toMillis(EPOCH_DAY)));
    }

    /** A numeric travels as digits of base 10,000, most significant first, with the weight of the first. */
    void putDecimal(BigDecimal value) throws IOException {
        int scale = value.scale();
        int padding = Math.floorMod(-scale, NUMERIC_BASE_DIGITS);
        BigInteger digits = value.unscaledValue().abs().multiply(BigInteger.TEN.pow(padding));
        List<Short> groups = new ArrayList<>();
        while (digits.signum() != 0) {
            BigInteger[] split = digits.divideAndRemainder(NUMERIC_BASE);
            groups.add(0, split[1].shortValue());
            digits = split[0];
        }
        int fractionGroups = (scale + padding) / NUMERIC_BASE_DIGITS;
        out.writeInt((4 + groups.size()) * Short.BYTES);
        out.writeShort(groups.size());
        out.writeShort(groups.isEmpty() ? 0 : groups.size() - fractionGroups - 1);
        out.writeShort(value.signum() < 0 ? NUMERIC_NEGATIVE : NUMERIC_POSITIVE);
        out.writeShort(scale);
        for (short group : groups) {
            out.writeShort(group);
        }
    }

    int size() {
        return bytes.size();
    }

    /** What was encoded since the last call. */
    byte[] take() {
        byte[] taken = bytes.toByteArray();
        bytes.reset();
        return taken;
    }
}
