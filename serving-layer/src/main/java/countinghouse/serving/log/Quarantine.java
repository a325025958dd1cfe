package countinghouse.serving.log;

import countinghouse.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The events that were refused, as {@code events.quarantine} keeps them for a week. */
public final class Quarantine {
    /** Characters of an event's text in a page. */
    public static final int PREVIEW_LENGTH = 300;
    /** Records that one question looks at. */
    public static final int MOST_SCANNED = 2000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final LogReader log;
    private final int partitions;

    public Quarantine(LogReader log, int partitions) {
        this.log = log;
        this.partitions = partitions;
    }

    /**
     * Entries, newest first.
     *
     * @param older where a page before ended ({@link QuarantinePage#older}); empty for the newest
     * @param limit how many at most
     */
    public QuarantinePage page(QuarantineFilter filter, Map<Integer, Long> older, int limit) {
        return log.read(consumer ->
                new QuarantineScan(consumer, from(consumer, older), filter, PREVIEW_LENGTH).next(limit, MOST_SCANNED));
    }

    /** The newest records, for their reasons alone. */
    public QuarantinePage newest() {
        return log.read(consumer -> new QuarantineScan(consumer, from(consumer, Map.of()), QuarantineFilter.ALL, 0)
                .next(MOST_SCANNED, MOST_SCANNED));
    }

    /** A partition that a cursor does not name was read to its beginning. */
    private Map<TopicPartition, Long> from(Consumer<byte[], byte[]> consumer, Map<Integer, Long> older) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(Topics.QUARANTINE, number))
                .filter(partition -> older.isEmpty() || older.containsKey(partition.partition()))
                .toList();
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
        ends.replaceAll((partition, end) -> Math.min(end, older.getOrDefault(partition.partition(), end)));
        return ends;
    }

    /** One entry with its whole text; empty if the topic does not have it, or no longer. */
    public Optional<QuarantineEntry> find(int partition, long offset) {
        if (partition >= partitions) {
            return Optional.empty();
        }
        return log.read(consumer -> find(consumer, new TopicPartition(Topics.QUARANTINE, partition), offset));
    }

    private static Optional<QuarantineEntry> find(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
        List<TopicPartition> only = List.of(partition);
        if (offset < consumer.beginningOffsets(only).get(partition)
                || offset >= consumer.endOffsets(only).get(partition)) {
            return Optional.empty();
        }
        consumer.assign(only);
        consumer.seek(partition, offset);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            List<ConsumerRecord<byte[], byte[]>> records =
                    consumer.poll(POLL).records(partition).stream().limit(1).collect(Collectors.toList());
            if (!records.isEmpty()) {
                return Optional.of(records.get(0))
                        .filter(record -> record.offset() == offset)
                        .map(QuarantineEntry::of);
            }
        }
        throw new LogUnavailableException("Kafka gave no record of %s within %s".formatted(partition, PATIENCE), null);
    }
}
