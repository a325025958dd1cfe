package countinghouse.batch.reconcile;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the rows of one ingest bucket compare.
 *
 * @param rows compared: those of either layer
 * @param reasons rows that differ, by reason
 * @param explained rows that differ by exactly what a rule says only one layer counts, by the rule
 */
public record BucketComparison(long rows, Map<String, Long> reasons, Map<String, Long> explained)
        implements Serializable {
    static final BucketComparison NONE = new BucketComparison(0, Map.of(), Map.of());
    static final BucketComparison EQUAL_ROW = new BucketComparison(1, Map.of(), Map.of());

    static BucketComparison different(String reason) {
        return new BucketComparison(1, Map.of(reason, 1L), Map.of());
    }

    static BucketComparison explained(String rule) {
        return new BucketComparison(1, Map.of(), Map.of(rule, 1L));
    }

    BucketComparison plus(BucketComparison other) {
        return new BucketComparison(rows + other.rows, sum(reasons, other.reasons), sum(explained, other.explained));
    }

    public long mismatches() {
        return total(reasons);
    }

    /** Rows that differ as a rule says they must. */
    public long explainedRows() {
        return total(explained);
    }

    private static Map<String, Long> sum(Map<String, Long> left, Map<String, Long> right) {
        Map<String, Long> both = new TreeMap<>(left);
        right.forEach((reason, rows) -> both.merge(reason, rows, Long::sum));
        return both;
    }

    private static long total(Map<String, Long> byReason) {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
