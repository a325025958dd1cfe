package countinghouse.batch.archive;

import countinghouse.schemas.EventType;
import java.io.Serializable;

/**
 * What one task archives.
 *
 * @param type decides topic and table
 * @param partition of the topic
 * @param topicId the topic's id on the broker
 * @param fromOffset first offset
 * @param toOffset exclusive
 * @param runningMaximumMs append-time maximum of everything before {@code fromOffset}
 */
record PartitionRange(
        EventType type, int partition, String topicId, long fromOffset, long toOffset, long runningMaximumMs)
        implements Serializable {
    @Override
    public String toString() {
        return "%s-%d@%d..%d".formatted(type.topic(), partition, fromOffset, toOffset);
    }
}
