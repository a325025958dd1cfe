package countinghouse.batch.publish;

import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Adds the rows of a run up over ingest buckets and source partitions; readers need neither below {@code closedThrough}. */
public final class PublishedRows {
    /** What is left of a row key, by ingest day. */
    public record Key(int ingestDay, String meter, String account, String dimensions, long cellMs) {}

    private final MeterCatalog meters;
    private final Map<Key, RowValue> rows = new HashMap<>();

    public PublishedRows(MeterCatalog meters) {
        this.meters = meters;
    }

    /** Adds a row of the run. */
    public void add(RowKey row, RowValue value) {
        int ingestDay = (int) Math.floorDiv(row.bucketMs(), TimeUnit.DAYS.toMillis(1));
        Key key = new Key(ingestDay, row.meter(), row.account(), row.dimensions(), row.cellMs());
        RowValue sum = rows.get(key);
        rows.put(
                key,
                sum == null
                        ? value
                        : sum.merge(meters.meter(row.meter()).orElseThrow().aggregation(), value));
    }

    /** What is published. */
    public Map<Key, RowValue> rows() {
        return rows;
    }
}
