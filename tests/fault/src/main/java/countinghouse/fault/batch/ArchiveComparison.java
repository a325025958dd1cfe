package countinghouse.fault.batch;

import countinghouse.fault.report.Comparison;
import countinghouse.fault.report.Difference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The archive beside the log, record by record. Holds what each record must say; the archive streams past. */
final class ArchiveComparison {
    private final Archive archive;
    /** By offset. */
    private final Map<TopicPartition, List<String>> contents = new HashMap<>();

    ArchiveComparison(Archive archive) {
        this.archive = archive;
    }

    /** Takes the next record of a partition, and what the archive must say of it. */
    void add(ConsumerRecord<byte[], byte[]> record, String content) {
        List<String> ofPartition = contents.computeIfAbsent(
                new TopicPartition(record.topic(), record.partition()), ignored -> new ArrayList<>());
        if (record.offset() != ofPartition.size()) {
            throw new IllegalStateException("The log of %s-%d goes on at offset %d instead of %d"
                    .formatted(record.topic(), record.partition(), record.offset(), ofPartition.size()));
        }
        ofPartition.add(content);
    }

    /** @param atLeast exclusive end, by partition, of what must be archived */
    Comparison compare(Map<TopicPartition, Long> atLeast) {
        Map<TopicPartition, Long> next = archive.nextOffsets();
        Pass pass = new Pass();
        archive.visit(pass::found);
        long rows = pass.unexpected;
        for (TopicPartition partition : contents.keySet()) {
            int end = Math.toIntExact(Math.max(next.getOrDefault(partition, 0L), atLeast.get(partition)));
            rows += end;
            pass.requireUpTo(partition, end);
        }
        return Comparison.of(rows, pass.differences.size(), pass.differences);
    }

    private final class Pass {
        private final Map<TopicPartition, BitSet> seen = new HashMap<>();
        private final List<Difference> differences = new ArrayList<>();
        private long unexpected;

        void found(TopicPartition partition, long offset, String content) {
            BitSet ofPartition = seen.computeIfAbsent(partition, ignored -> new BitSet());
            int index = Math.toIntExact(offset);
            if (ofPartition.get(index)) {
                unexpected++;
                differences.add(new Difference(place(partition, offset) + " again", null, content));
                return;
            }
            ofPartition.set(index);
            String expected = expected(partition, index);
            if (!content.equals(expected)) {
                differences.add(new Difference(place(partition, offset), expected, content));
            }
        }

        void requireUpTo(TopicPartition partition, int end) {
            BitSet ofPartition = seen.getOrDefault(partition, new BitSet());
            for (int offset = ofPartition.nextClearBit(0);
                    offset < end;
                    offset = ofPartition.nextClearBit(offset + 1)) {
                differences.add(new Difference(place(partition, offset), expected(partition, offset), null));
            }
        }

        private String expected(TopicPartition partition, int offset) {
            List<String> ofPartition = contents.getOrDefault(partition, List.of());
            return offset < ofPartition.size() ? ofPartition.get(offset) : null;
        }

        private static String place(TopicPartition partition, long offset) {
            return "archive %s@%d".formatted(partition, offset);
        }
    }
}
