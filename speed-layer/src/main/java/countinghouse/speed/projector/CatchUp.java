package countinghouse.speed.projector;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far the reading of a stretch of the topic has come. */
record CatchUp(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {
    boolean isDone(Map<TopicPartition, Long> positions) {
        return ends.entrySet().stream().allMatch(end -> positions.get(end.getKey()) >= end.getValue());
    }

    /** 0 to 100, rounded down. */
    int percent(Map<TopicPartition, Long> positions) {
        long whole = 0;
        long read = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long beginning = beginnings.get(end.getKey());
            whole += end.getValue() - beginning;
            read += Math.min(positions.get(end.getKey()), end.getValue()) - beginning;
        }
        return whole == 0 ? 100 : (int) (100 * read / whole);
    }

    /** Whether offsets lie within the stretch, partition by partition. */
    boolean contains(Map<TopicPartition, Long> offsets) {
        return ends.entrySet().stream().allMatch(end -> {
            Long offset = offsets.get(end.getKey());
            return offset != null && offset >= beginnings.get(end.getKey()) && offset <= end.getValue();
        });
    }
}
