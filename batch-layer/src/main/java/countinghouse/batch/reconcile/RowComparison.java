package countinghouse.batch.reconcile;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import java.util.HashMap;
import java.util.Map;

/** Compares rows of the speed layer with those of a run, one by one; each difference has a reason. */
final class RowComparison {
    static final String MISSING_IN_SPEED = "missing-in-speed";
    static final String MISSING_IN_BATCH = "missing-in-batch";
    static final String VALUE_DIFFERS = "value-differs";
    static final String FINGERPRINT_DIFFERS = "fingerprint-differs";
    static final String LATE_DUPLICATES = "duplicates-beyond-speed-horizon";
    static final String HISTORY_RULES = "history-rules";

    private final MeterCatalog meters;
    private final Map<RowKey, RowValue> unmatched = new HashMap<>();
    private final Map<RowKey, RowValue> addedByHistory = new HashMap<>();
    private final Map<RowKey, String> explained = new HashMap<>();
    private final GroupComparison comparison = new GroupComparison();

    RowComparison(MeterCatalog meters) {
        this.meters = meters;
    }

    /** Takes a row of the run; all of them come before the first of the speed layer. */
    void batch(RowKey key, RowValue value) {
        unmatched.put(key, value);
    }

    /** Takes late duplicates, which the speed layer's row must have beyond the run's. */
    void lateDuplicates(RowKey key, RowValue value) {
        expectInSpeed(key, value, LATE_DUPLICATES);
    }

    /** Takes what history rules removed, which the speed layer's row must have beyond the run's. */
    void removedByHistory(RowKey key, RowValue value) {
        expectInSpeed(key, value, HISTORY_RULES);
    }

    /** Takes what history rules added, which the run's row must have beyond the speed layer's. */
    void addedByHistory(RowKey key, RowValue value) {
        addedByHistory.put(key, value);
        explained.put(key, HISTORY_RULES);
    }

    /** Takes a row of the speed layer. */
    void speed(RowKey key, RowValue live) {
        RowValue added = addedByHistory.remove(key);
        compare(key, added == null ? live : live.merge(aggregationOf(key), added));
    }

    private void compare(RowKey key, RowValue value) {
        RowValue counted = unmatched.remove(key);
        if (counted == null) {
            differs(key, MISSING_IN_BATCH, null, value);
        } else if (counted.n() != value.n() || counted.value().compareTo(value.value()) != 0) {
            differs(key, VALUE_DIFFERS, counted, value);
        } else if (!counted.fingerprint().equals(value.fingerprint())) {
            differs(key, FINGERPRINT_DIFFERS, counted, value);
        } else {
            String reason = explained.get(key);
            add(key, reason == null ? BucketComparison.EQUAL_ROW : BucketComparison.explained(reason));
        }
    }

    /** The comparison, once every row of both was given. */
    GroupComparison complete() {
        // The speed layer has no row where history rules added all there is.
        Map<RowKey, RowValue> addedAlone = Map.copyOf(addedByHistory);
        addedAlone.forEach(this::compare);
        unmatched.forEach((key, counted) -> differs(key, MISSING_IN_SPEED, counted, null));
        unmatched.clear();
        return comparison;
    }

    private void expectInSpeed(RowKey key, RowValue value, String reason) {
        unmatched.merge(key, value, (counted, more) -> counted.merge(aggregationOf(key), more));
        explained.put(key, reason);
    }

    private Aggregation aggregationOf(RowKey key) {
        return meters.meter(key.meter()).orElseThrow().aggregation();
    }

    private void differs(RowKey key, String reason, RowValue counted, RowValue live) {
        add(key, BucketComparison.different(reason));
        comparison.name(DifferingRow.of(key, reason, counted, live));
    }

    private void add(RowKey key, BucketComparison row) {
        comparison.add(key.bucketMs(), row);
    }
}
