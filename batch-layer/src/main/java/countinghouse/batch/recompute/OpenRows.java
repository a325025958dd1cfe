package countinghouse.batch.recompute;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The rows of the bucket that is being read. */
final class OpenRows {
    private final BiConsumer<RowKey, RowValue> sink;
    private final Map<RowKey, RowValue> open = new LinkedHashMap<>();

    OpenRows(BiConsumer<RowKey, RowValue> sink) {
        this.sink = sink;
    }

    void add(Aggregation aggregation, RowKey key, RowValue value) {
        open.merge(key, value, (sum, one) -> sum.merge(aggregation, one));
    }

    /** Hands over every row: the bucket has passed, so they are final. */
    void emit() {
        open.forEach(sink);
        open.clear();
    }
}
