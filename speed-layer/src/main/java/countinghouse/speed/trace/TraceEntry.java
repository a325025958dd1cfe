package countinghouse.speed.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The binary form of trace entries, which follow the rows of a commit on the counts topic if any of its events is traced: the spans that the
 * projector goes on from, one {@code traceparent} a line. Each task overwrites its own; one that was missed is missed.
 */
public final class TraceEntry {
    private static final byte TRACE = 'T';
    private static final int KEY_BYTES = 1 + Integer.BYTES;

    private TraceEntry() {}

    public static boolean isTrace(byte[] key) {
        return key.length == KEY_BYTES && key[0] == TRACE;
    }

    /**
     * The key of a task's entry.
     *
     * @param partition of the task
     */
    static byte[] encodeKey(int partition) {
        return ByteBuffer.allocate(KEY_BYTES).put(TRACE).putInt(partition).array();
    }

    static byte[] encodeValue(List<String> traceparents) {
        return String.join("\n", traceparents).getBytes(UTF_8);
    }

    public static List<String> decodeValue(byte[] bytes) {
        return new String(bytes, UTF_8).lines().toList();
    }
}
