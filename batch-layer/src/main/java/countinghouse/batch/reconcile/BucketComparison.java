package countinghouse.batch.reconcile;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the rows of one ingest bucket compare.
 *
 * @param rows compared: those of either layer
 * @param reasons rows that differ, by reason
 * @param explained rows that differ by exactly the duplicates that only the batch layer's longer horizon finds
 */
public record BucketComparison(long rows, Map<String, Long> reasons, long explained) implements Serializable {
    static final BucketComparison NONE = new BucketComparison(0, Map.of(), 0);
    static final BucketComparison EQUAL_ROW = new BucketComparison(1, Map.of(), 0);
    static final BucketComparison EXPLAINED_ROW = new BucketComparison(1, Map.of(), 1);

    static BucketComparison different(String reason) {
        return new BucketComparison(1, Map.of(reason, 1L), 0);
    }

    BucketComparison plus(BucketComparison other) {
        Map<String, Long> both = new TreeMap<>(reasons);
        other.reasons.forEach((reason, differing) -> both.merge(reason, differing, Long::sum));
        return new BucketComparison(rows + other.rows, both, explained + other.explained);
    }

    public long mismatches() {
        return reasons.values().stream().mapToLong(Long::longValue).sum();
    }
}
