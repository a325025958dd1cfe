package countinghouse.speed.counts;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowTotal;
import countinghouse.metering.row.RowValue;
import countinghouse.speed.state.ChangelogWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Count rows, and which of them changed since the last flush. */
final class CountRows {
    private final Map<RowKey, Row> rows = new HashMap<>();
    private final List<Row> changed = new ArrayList<>();

    /** A row, and whether it is among the changed. */
    private static final class Row {
        private final RowKey key;
        /** Null once the row was dropped: it becomes a tombstone. */
        private RowTotal total;

        private boolean changed;

        private Row(RowKey key, RowTotal total) {
            this.key = key;
            this.total = total;
        }
    }

    void clear() {
        rows.clear();
        changed.clear();
    }

    void restore(RowKey key, RowValue value) {
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, new Row(key, new RowTotal(value)));
        }
    }

    void add(RowKey key, Aggregation aggregation, Contribution contribution, Fingerprint fingerprint) {
        Row row = rows.get(key);
        if (row == null) {
            row = new Row(key, new RowTotal());
            rows.put(key, row);
        }
        row.total.add(aggregation, contribution, fingerprint);
        change(row);
    }

    private void change(Row row) {
        if (!row.changed) {
            row.changed = true;
            changed.add(row);
        }
    }

    /** Drops a source partition's rows of the buckets that start before an instant. */
    void dropBefore(String partition, long bucketMs) {
        rows.values().removeIf(row -> {
            boolean isDropped =
                    row.key.bucketMs() < bucketMs && row.key.partition().equals(partition);
            if (isDropped) {
                row.total = null;
                change(row);
            }
            return isDropped;
        });
    }

    /** Writes the changed rows as absolute values; returns how many. */
    int flush(ChangelogWriter changelog) {
        for (Row row : changed) {
            changelog.write(
                    RowCodec.encodeKey(row.key), row.total == null ? null : RowCodec.encodeValue(row.total.value()));
            row.changed = false;
        }
        int flushed = changed.size();
        changed.clear();
        return flushed;
    }

    int size() {
        return rows.size();
    }
}
