package countinghouse.speed.counts;

import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;

/** The binary form of progress entries, which live beside the rows on the counts topic. */
public final class ProgressCodec {
    private static final byte PROGRESS = 'P';

    private ProgressCodec() {}

    public static boolean isProgress(byte[] key) {
        return SourceKey.is(PROGRESS, key);
    }

    public static byte[] encodeKey(TopicPartition source) {
        return SourceKey.encode(PROGRESS, source);
    }

    public static TopicPartition decodeKey(byte[] bytes) {
        return SourceKey.decode(bytes);
    }

    public static byte[] encodeValue(Progress progress) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(progress.nextOffset())
                .putLong(progress.runningMaximumMs())
                .array();
    }

    public static Progress decodeValue(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Progress(buffer.getLong(), buffer.getLong());
    }
}
