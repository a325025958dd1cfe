package countinghouse.batch.recompute;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the closed records of one partition went; the cases are disjoint.
 *
 * @param topic of the partition
 * @param partition of the topic
 * @param archived records in the archive
 * @param counted events that contributed to a meter
 * @param unmetered valid events that no meter counts
 * @param duplicates events with an earlier record of their identity within the horizon
 * @param invalid events that break a rule, by rule id
 * @param undecodable records that are no event
 * @param ticks records that only advance time
 */
public record Conservation(
        String topic,
        int partition,
        long archived,
        long counted,
        long unmetered,
        long duplicates,
        Map<String, Long> invalid,
        long undecodable,
        long ticks)
        implements Serializable {
    /** The conservation of a partition without closed records. */
    public static Conservation none(String topic, int partition) {
        return new Conservation(topic, partition, 0, 0, 0, 0, Map.of(), 0, 0);
    }

    /** Whether nothing was lost and nothing was counted twice. */
    public boolean balances() {
        return archived == accountedFor();
    }

    /** The records of which it is known where they went. */
    public long accountedFor() {
        return counted + unmetered + duplicates + invalidTotal() + undecodable + ticks;
    }

    public long invalidTotal() {
        return invalid.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The conservation of both sets of records; the sets must be disjoint. */
    public Conservation plus(Conservation other) {
        Map<String, Long> both = new TreeMap<>(invalid);
        other.invalid.forEach((rule, records) -> both.merge(rule, records, Long::sum));
        return new Conservation(
                topic,
                partition,
                archived + other.archived,
                counted + other.counted,
                unmetered + other.unmetered,
                duplicates + other.duplicates,
                both,
                undecodable + other.undecodable,
                ticks + other.ticks);
    }
}
