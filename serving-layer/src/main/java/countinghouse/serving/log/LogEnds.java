package countinghouse.serving.log;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** How far topics reach, and how old the records are that somebody has not read yet. */
public final class LogEnds {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);

    private final LogReader log;
    private final int partitions;

    /** @param partitions of every topic */
    public LogEnds(LogReader log, int partitions) {
        this.log = log;
        this.partitions = partitions;
    }

    /** The exclusive end of each partition of some topics. */
    public Map<TopicPartition, Long> of(Collection<String> topics) {
        List<TopicPartition> all = topics.stream().flatMap(this::partitionsOf).toList();
        return log.read(consumer -> consumer.endOffsets(all));
    }

    private Stream<TopicPartition> partitionsOf(String topic) {
        return IntStream.range(0, partitions).mapToObj(number -> new TopicPartition(topic, number));
    }

    /**
     * The append time in ms of the record at an offset of each partition. A partition is left out whose record does not come within a
     * second.
     *
     * @param offsets of records that exist
     */
    public Map<TopicPartition, Long> appendTimes(Map<TopicPartition, Long> offsets) {
        return offsets.isEmpty() ? Map.of() : log.read(consumer -> firstTimes(consumer, offsets));
    }

    private static Map<TopicPartition, Long> firstTimes(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets) {
        consumer.assign(offsets.keySet());
        // What was paused by the look before stays so while it stays assigned.
        consumer.resume(offsets.keySet());
        offsets.forEach(consumer::seek);
        Map<TopicPartition, Long> times = new HashMap<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (times.size() < offsets.size() && System.nanoTime() < deadline) {
            var records = consumer.poll(POLL);
            records.partitions()
                    .forEach(partition -> times.putIfAbsent(
                            partition, records.records(partition).get(0).timestamp()));
            consumer.pause(records.partitions());
        }
        return times;
    }
}
