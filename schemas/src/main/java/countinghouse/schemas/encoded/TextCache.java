package countinghouse.schemas.encoded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Strings of texts that come again and again, so that each is decoded and hashed once. It forgets a text when another of the same slot comes, so its size
 * is bounded whatever producers send. Not thread-safe.
 */
public final class TextCache {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    /** Longer texts seldom repeat, and would take more memory. */
    private static final int MAX_BYTES = 64;

    private final byte[][] encoded;
    private final String[] decoded;

    /** A cache with a number of slots that is a power of two. */
    public TextCache(int slots) {
        encoded = new byte[slots][];
        decoded = new String[slots];
    }

    /** A text field that is not null. */
    public String text(EncodedRecord record, int field) {
        byte[] bytes = record.bytes();
        int start = record.start(field);
        int end = record.end(field);
        if (end - start > MAX_BYTES) {
            return new String(bytes, start, end - start, UTF_8);
        }
        int slot = slotOf(bytes, start, end);
        byte[] known = encoded[slot];
        if (known == null || !Arrays.equals(bytes, start, end, known, 0, known.length)) {
            encoded[slot] = Arrays.copyOfRange(bytes, start, end);
            decoded[slot] = new String(bytes, start, end - start, UTF_8);
        }
        return decoded[slot];
    }

    private int slotOf(byte[] bytes, int start, int end) {
        long hash = end - start;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(bytes, at));
        }
        for (; at < end; at++) {
            hash = mix(hash ^ bytes[at]);
        }
        return (int) (hash >>> 32) & (encoded.length - 1);
    }

    private static long mix(long hash) {
        long product = hash * MULTIPLIER;
        return product ^ (product >>> 29);
    }
}
