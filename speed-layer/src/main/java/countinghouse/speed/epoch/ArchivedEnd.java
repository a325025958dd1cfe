package countinghouse.speed.epoch;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Where an archive commit ended: the one place where the running maximum of a partition is known without reading it from its beginning.
 *
 * @param nextOffset exclusive end of what was archived
 * @param runningMaximumMs of the append times before it
 */
public record ArchivedEnd(Map<TopicPartition, Long> nextOffset, Map<TopicPartition, Long> runningMaximumMs) {}
