package countinghouse.speed.counts;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowTotal;
import countinghouse.metering.row.RowValue;
import countinghouse.speed.state.ChangelogWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Count rows, and which of them changed since the last flush. */
final class CountRows {
    private final Map<RowKey, RowTotal> rows = new HashMap<>();
    /** Keys of changed rows; one that {@code rows} lacks was dropped and becomes a tombstone. */
    private final Set<RowKey> changed = new HashSet<>();

    void clear() {
        rows.clear();
        changed.clear();
    }

    void restore(RowKey key, RowValue value) {
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, new RowTotal(value));
        }
    }

    void add(RowKey key, Aggregation aggregation, Contribution contribution, Fingerprint fingerprint) {
        rows.computeIfAbsent(key, ignored -> new RowTotal()).add(aggregation, contribution, fingerprint);
        changed.add(key);
    }

    /** Drops a source partition's rows of the buckets that start before an instant. */
    void dropBefore(String partition, long bucketMs) {
        Iterator<RowKey> keys = rows.keySet().iterator();
        while (keys.hasNext()) {
            RowKey key = keys.next();
            if (key.bucketMs() < bucketMs && key.partition().equals(partition)) {
                keys.remove();
                changed.add(key);
            }
        }
    }

    /** Writes the changed rows as absolute values; returns how many. */
    int flush(ChangelogWriter changelog) {
        for (RowKey key : changed) {
            RowTotal total = rows.get(key);
            changelog.write(RowCodec.encodeKey(key), total == null ? null : RowCodec.encodeValue(total.value()));
        }
        int flushed = changed.size();
        changed.clear();
        return flushed;
    }

    int size() {
        return rows.size();
    }
}
