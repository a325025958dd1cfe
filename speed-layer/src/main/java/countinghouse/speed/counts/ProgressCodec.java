package countinghouse.speed.counts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;

/** The binary form of progress entries, which live beside the rows on the counts topic. */
public final class ProgressCodec {
    private static final byte PROGRESS = 'P';

    private ProgressCodec() {}

    public static boolean isProgress(byte[] key) {
        return key.length > 0 && key[0] == PROGRESS;
    }

    public static byte[] encodeKey(TopicPartition source) {
        byte[] topic = source.topic().getBytes(UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + topic.length)
                .put(PROGRESS)
                .putInt(source.partition())
                .put(topic)
                .array();
    }

    public static TopicPartition decodeKey(byte[] bytes) {
        int topicStart = 1 + Integer.BYTES;
        String topic = new String(bytes, topicStart, bytes.length - topicStart, UTF_8);
        return new TopicPartition(topic, ByteBuffer.wrap(bytes).getInt(1));
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
