package countinghouse.batch.recompute;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowTotal;
import countinghouse.metering.row.RowValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** The rows of the bucket that is being read. */
final class OpenRows {
    private final BiConsumer<RowKey, RowValue> sink;
    private final Map<RowKey, RowTotal> open = new LinkedHashMap<>();

    OpenRows(BiConsumer<RowKey, RowValue> sink) {
        this.sink = sink;
    }

    void add(Aggregation aggregation, RowKey key, Contribution contribution, Fingerprint fingerprint) {
        open.computeIfAbsent(key, ignored -> new RowTotal()).add(aggregation, contribution, fingerprint);
    }

    /** Hands over every row: the bucket has passed, so they are final. */
    void emit() {
        open.forEach((key, total) -> sink.accept(key, total.value()));
        open.clear();
    }
}
