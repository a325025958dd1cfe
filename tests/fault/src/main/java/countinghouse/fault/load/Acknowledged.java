package countinghouse.fault.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the broker acknowledged and the log has not shown yet: an acknowledged record must be in the log, at its place, as it was sent. */
public final class Acknowledged {
    private final Map<TopicPartition, Map<Long, Integer>> contents = new ConcurrentHashMap<>();
    private final AtomicLong total = new AtomicLong();

    void add(RecordMetadata metadata, byte[] value) {
        of(new TopicPartition(metadata.topic(), metadata.partition())).put(metadata.offset(), Arrays.hashCode(value));
        total.incrementAndGet();
    }

    /** The log holds this record. Another content than the acknowledged one leaves the acknowledgement open. */
    public void seen(ConsumerRecord<byte[], byte[]> record) {
        of(new TopicPartition(record.topic(), record.partition()))
                .remove(record.offset(), Arrays.hashCode(record.value()));
    }

    /** Acknowledged positions that the log does not hold, or holds something else at. */
    public List<String> lost() {
        List<String> lost = new ArrayList<>();
        contents.forEach(
                (partition, offsets) -> offsets.keySet().forEach(offset -> lost.add(partition + "@" + offset)));
        return lost;
    }

    public long total() {
        return total.get();
    }

    private Map<Long, Integer> of(TopicPartition partition) {
        return contents.computeIfAbsent(partition, ignored -> new ConcurrentHashMap<>());
    }
}
