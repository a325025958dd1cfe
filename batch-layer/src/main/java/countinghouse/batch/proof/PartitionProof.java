package countinghouse.batch.proof;

import countinghouse.batch.recompute.Conservation;
import java.util.List;

/**
 * Whether nothing of a partition was lost and nothing is there twice.
 *
 * @param topic of the partition
 * @param partition of the topic
 * @param nextOffset exclusive end of what the archive holds; it begins at offset 0
 * @param logStart first offset that the broker still has
 * @param logEnd the broker's next offset
 * @param open records in buckets that the generation has not closed
 * @param conservation where the generation's closed records went; null if nothing is published
 * @param faults what is wrong, each naming its place; empty if the proof holds
 */
public record PartitionProof(
        String topic,
        int partition,
        long nextOffset,
        long logStart,
        long logEnd,
        long open,
        Conservation conservation,
        List<String> faults) {
    public boolean holds() {
        return faults.isEmpty();
    }
}
