package countinghouse.speed.lag;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the counting is behind the event topics, from looks at both: an end of a partition that was seen some time ago and is not counted
 * yet is that old. Too little by up to one interval between looks, never too much.
 */
final class EventLag {
    private final Map<TopicPartition, Seen> waiting = new HashMap<>();
    private volatile Lag lag = new Lag(0, 0);

    /** An end of a partition, and when it was seen first. */
    private record Seen(long end, long atMs) {}

    /**
     * How far behind.
     *
     * @param records that are in the topics and in no commit
     * @param sinceMs the oldest end that is not counted yet was seen so long ago; 0 if there is none
     */
    record Lag(long records, long sinceMs) {}

    /**
     * Takes a look.
     *
     * @param ends of every partition of the event topics
     * @param counted offset of the next record to count, by partition; one that is missing was not begun
     */
    void look(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> counted, long nowMs) {
        long records = 0;
        long sinceMs = 0;
        waiting.keySet().retainAll(ends.keySet());
        for (Map.Entry<TopicPartition, Long> entry : ends.entrySet()) {
            TopicPartition partition = entry.getKey();
            long end = entry.getValue();
            long next = counted.getOrDefault(partition, 0L);
            records += Math.max(0, end - next);
            Seen seen = waiting.get(partition);
            if (seen == null || next >= seen.end) {
                waiting.put(partition, new Seen(end, nowMs));
            } else {
                sinceMs = Math.max(sinceMs, nowMs - seen.atMs);
            }
        }
        lag = new Lag(records, sinceMs);
    }

    /** As of the last look. */
    Lag current() {
        return lag;
    }
}
