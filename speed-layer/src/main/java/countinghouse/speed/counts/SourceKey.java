package countinghouse.speed.counts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;

/** Keys of the entries that a source partition has on the counts topic: a kind byte, the partition number, the topic's name. */
final class SourceKey {
    private static final int TOPIC_START = 1 + Integer.BYTES;

    private SourceKey() {}

    static boolean is(byte kind, byte[] key) {
        return key.length > TOPIC_START && key[0] == kind;
    }

    static byte[] encode(byte kind, TopicPartition source) {
        byte[] topic = source.topic().getBytes(UTF_8);
        return ByteBuffer.allocate(TOPIC_START + topic.length)
                .put(kind)
                .putInt(source.partition())
                .put(topic)
                .array();
    }

    static TopicPartition decode(byte[] bytes) {
        String topic = new String(bytes, TOPIC_START, bytes.length - TOPIC_START, UTF_8);
        return new TopicPartition(topic, ByteBuffer.wrap(bytes).getInt(1));
    }
}
