package countinghouse.batch.reconcile;

import countinghouse.batch.recompute.DayRange;
import java.io.Serializable;
import java.util.List;

/**
 * Which buckets both layers have.
 *
 * @param floorMs oldest bucket that the speed layer still holds
 * @param closedThroughMs exclusive end of the closed buckets
 * @param ranges of ingest days that the run computed
 */
record BucketScope(long floorMs, long closedThroughMs, List<DayRange> ranges) implements Serializable {
    boolean contains(long bucketMs) {
        return bucketMs >= floorMs
                && bucketMs < closedThroughMs
                && ranges.stream().anyMatch(range -> bucketMs >= range.fromMs() && bucketMs < range.toMs());
    }
}
