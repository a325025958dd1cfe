package countinghouse.batch.maintenance;

import countinghouse.batch.maintenance.MergeTask.Merged;
import java.util.List;

/**
 * What a compaction did.
 *
 * @param filesBefore small files that were merged
 * @param filesAfter files in their place
 * @param records in them
 */
public record Compacted(long filesBefore, long filesAfter, long records) {
    static Compacted of(List<Merged> merged) {
        return new Compacted(
                merged.stream().mapToLong(one -> one.small().files().size()).sum(),
                merged.stream().mapToLong(one -> one.files().size()).sum(),
                merged.stream().mapToLong(one -> one.small().records()).sum());
    }
}
