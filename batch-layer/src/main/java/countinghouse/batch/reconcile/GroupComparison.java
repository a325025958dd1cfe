package countinghouse.batch.reconcile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How the rows of one group of accounts compare: every bucket in numbers, and the first of the rows that differ by name. */
final class GroupComparison implements Serializable {
    /** Enough for a person; a fault of the whole platform would name every row there is. */
    static final int NAMED_ROWS = 100;

    private final TreeMap<Long, BucketComparison> buckets = new TreeMap<>();
    private final ArrayList<DifferingRow> differing = new ArrayList<>();

    void add(long bucketMs, BucketComparison comparison) {
        buckets.merge(bucketMs, comparison, BucketComparison::plus);
    }

    void name(DifferingRow row) {
        if (differing.size() < NAMED_ROWS) {
            differing.add(row);
        }
    }

    GroupComparison plus(GroupComparison other) {
        other.buckets.forEach(this::add);
        other.differing.forEach(this::name);
        return this;
    }

    TreeMap<Long, BucketComparison> buckets() {
        return buckets;
    }

    List<DifferingRow> differing() {
        return differing;
    }
}
