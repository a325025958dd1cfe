package countinghouse.batch.reconcile;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares rows of the speed layer with those of a run, one by one; each difference has a reason. */
final class RowComparison {
    static final String MISSING_IN_SPEED = "missing-in-speed";
    static final String MISSING_IN_BATCH = "missing-in-batch";
    static final String VALUE_DIFFERS = "value-differs";
    static final String FINGERPRINT_DIFFERS = "fingerprint-differs";

    private final MeterCatalog meters = MeterCatalog.standard();
    private final Map<RowKey, RowValue> unmatched = new HashMap<>();
    private final Set<RowKey> explained = new HashSet<>();
    private final TreeMap<Long, BucketComparison> buckets = new TreeMap<>();

    /** Takes a row of the run; all of them come before the first of the speed layer. */
    void batch(RowKey key, RowValue value) {
        unmatched.put(key, value);
    }

    /** Takes late duplicates, which the speed layer's row must have beyond the run's. */
    void lateDuplicates(RowKey key, RowValue value) {
        Aggregation aggregation = meters.meter(key.meter()).orElseThrow().aggregation();
        unmatched.merge(key, value, (counted, late) -> counted.merge(aggregation, late));
        explained.add(key);
    }

    /** Takes a row of the speed layer. */
    void speed(RowKey key, RowValue value) {
        RowValue counted = unmatched.remove(key);
        if (counted == null) {
            add(key, BucketComparison.different(MISSING_IN_BATCH));
        } else if (counted.n() != value.n() || counted.value().compareTo(value.value()) != 0) {
            add(key, BucketComparison.different(VALUE_DIFFERS));
        } else if (!counted.fingerprint().equals(value.fingerprint())) {
            add(key, BucketComparison.different(FINGERPRINT_DIFFERS));
        } else {
            add(key, explained.contains(key) ? BucketComparison.EXPLAINED_ROW : BucketComparison.EQUAL_ROW);
        }
    }

    /** The comparison by bucket, once every row of both was given. */
    TreeMap<Long, BucketComparison> complete() {
        unmatched.keySet().forEach(key -> add(key, BucketComparison.different(MISSING_IN_SPEED)));
        unmatched.clear();
        return buckets;
    }

    private void add(RowKey key, BucketComparison comparison) {
        buckets.merge(key.bucketMs(), comparison, BucketComparison::plus);
    }
}
