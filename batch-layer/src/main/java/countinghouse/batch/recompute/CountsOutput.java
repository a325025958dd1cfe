package countinghouse.batch.recompute;

import countinghouse.batch.catalog.CountsRows;
import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/** The files of one task, in each table that it writes. */
final class CountsOutput implements AutoCloseable {
    private final Map<CountsTable, OrderedFiles> open = new EnumMap<>(CountsTable.class);
    private final CountsRows encoder;
    private long rows;

    CountsOutput(Map<CountsTable, Table> tables, long runNumber, int task) {
        tables.forEach((name, table) -> open.put(name, new OrderedFiles(table, "run-" + runNumber, task)));
        encoder = new CountsRows(tables.get(CountsTable.ROWS).schema(), runNumber);
    }

    RowSinks sinks() {
        BiConsumer<RowKey, RowValue> counted = sink(CountsTable.ROWS);
        return new RowSinks(
                (key, value) -> {
                    rows++;
                    counted.accept(key, value);
                },
                sink(CountsTable.LATE_DUPLICATES),
                sink(CountsTable.REMOVED_BY_HISTORY),
                sink(CountsTable.ADDED_BY_HISTORY));
    }

    long rows() {
        return rows;
    }

    Map<CountsTable, List<DataFile>> complete() {
        Map<CountsTable, List<DataFile>> files = new EnumMap<>(CountsTable.class);
        open.forEach((name, output) -> files.put(name, new ArrayList<>(output.complete())));
        return files;
    }

    private BiConsumer<RowKey, RowValue> sink(CountsTable table) {
        OrderedFiles output = open.get(table);
        return (key, value) -> output.write(encoder.row(key, value));
    }

    @Override
    public void close() {
        open.values().forEach(OrderedFiles::close);
    }
}
