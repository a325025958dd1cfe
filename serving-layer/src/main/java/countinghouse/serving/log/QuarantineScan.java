package countinghouse.serving.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Walks partitions backwards, a chunk at a time, and merges them by append time. Invariant: of each partition, the records from its
 * {@code unread} offset on, less those in its buffer, were looked at.
 */
final class QuarantineScan {
    /** Of each partition at a time; a record may have some hundred kilobytes. */
    private static final int CHUNK = 25;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Comparator<Buffered> NEWEST = Comparator.<Buffered>comparingLong(
                    one -> one.entry.appendedAtMs())
            .thenComparingInt(one -> one.entry.partition());

    private final Consumer<byte[], byte[]> consumer;
    private final QuarantineFilter filter;
    private final int previewLength;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> unread;
    private final Map<TopicPartition, Deque<Buffered>> buffers = new HashMap<>();

    private record Buffered(QuarantineEntry entry, boolean admitted) {}

    /** @param ends exclusive ends to begin from */
    QuarantineScan(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            QuarantineFilter filter,
            int previewLength) {
        this.consumer = consumer;
        this.filter = filter;
        this.previewLength = previewLength;
        this.begins = consumer.beginningOffsets(ends.keySet());
        this.unread = new HashMap<>(ends);
        ends.keySet().forEach(partition -> buffers.put(partition, new ArrayDeque<>()));
    }

    /** Goes on until it found enough, looked at as many as it may, or nothing is left. */
    QuarantinePage next(int limit, int mostScanned) {
        List<QuarantineEntry> found = new ArrayList<>();
        Map<String, Long> reasons = new TreeMap<>();
        for (int scanned = 0; scanned < mostScanned && found.size() < limit; scanned++) {
            refill();
            Optional<Buffered> newest = buffers.values().stream()
                    .filter(buffer -> !buffer.isEmpty())
                    .map(Deque::peekFirst)
                    .max(NEWEST);
            if (newest.isEmpty()) {
                break;
            }
            Buffered taken = newest.get();
            buffers.get(new TopicPartition(partitionTopic(), taken.entry.partition()))
                    .removeFirst();
            reasons.merge(taken.entry.event().reason(), 1L, Long::sum);
            if (taken.admitted) {
                found.add(taken.entry);
            }
        }
        return new QuarantinePage(found, reasons, older());
    }

    private String partitionTopic() {
        return buffers.keySet().iterator().next().topic();
    }

    private Map<Integer, Long> older() {
        Map<Integer, Long> older = new HashMap<>();
        buffers.forEach((partition, buffer) -> {
            long end = buffer.isEmpty()
                    ? unread.get(partition)
                    : buffer.peekFirst().entry.offset() + 1;
            if (end > begins.get(partition)) {
                older.put(partition.partition(), end);
            }
        });
        return older;
    }

    private void refill() {
        List<TopicPartition> empty = buffers.keySet().stream()
                .filter(partition -> buffers.get(partition).isEmpty() && unread.get(partition) > begins.get(partition))
                .toList();
        if (empty.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        consumer.assign(empty);
        for (TopicPartition partition : empty) {
            long end = unread.get(partition);
            long start = Math.max(begins.get(partition), end - CHUNK);
            consumer.seek(partition, start);
            ends.put(partition, end);
            unread.put(partition, start);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(one -> consumer.position(one.getKey()) < one.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new LogUnavailableException(
                        "Kafka gave no records of the quarantine within %s".formatted(PATIENCE), null);
            }
            consumer.poll(POLL).forEach(record -> {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    QuarantineEntry entry = QuarantineEntry.of(record);
                    buffers.get(partition)
                            .addFirst(new Buffered(entry.shortened(previewLength), filter.admits(entry.event())));
                }
            });
        }
    }
}
