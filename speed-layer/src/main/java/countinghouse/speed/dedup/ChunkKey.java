package countinghouse.speed.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;

/**
 * Key of a chunk of identities on the ids topic.
 *
 * @param source partition that the identities were observed in
 * @param bucketMs start of the ingest bucket they were observed in
 * @param number of the chunk within the bucket, from 0
 */
record ChunkKey(TopicPartition source, long bucketMs, int number) {
    private static final int FIXED_BYTES = Long.BYTES + 2 * Integer.BYTES;

    byte[] encode() {
        byte[] topic = source.topic().getBytes(UTF_8);
        return ByteBuffer.allocate(FIXED_BYTES + topic.length)
                .putLong(bucketMs)
                .putInt(number)
                .putInt(source.partition())
                .put(topic)
                .array();
    }

    static ChunkKey decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long bucketMs = buffer.getLong();
        int number = buffer.getInt();
        int partition = buffer.getInt();
        String topic = new String(bytes, FIXED_BYTES, bytes.length - FIXED_BYTES, UTF_8);
        return new ChunkKey(new TopicPartition(topic, partition), bucketMs, number);
    }
}
