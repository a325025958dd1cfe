package countinghouse.batch.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;

/**
 * Writes records to Parquet files in the order given: a file holds one table partition and records that followed each other. Records
 * of one table partition must come together, so that a single file is open at a time.
 */
public final class OrderedFiles implements AutoCloseable {
    private static final long TARGET_BYTES = 256L << 20;
    private static final int ROWS_BETWEEN_SIZE_CHECKS = 10_000;

    private final Table table;
    private final OutputFileFactory files;
    private final PartitionKey partition;
    private final InternalRecordWrapper wrapper;
    private final List<DataFile> finished = new ArrayList<>();
    private PartitionKey openPartition;
    private DataWriter<Record> writer;
    private int rowsInFile;

    /**
     * Files of a task. Their names begin with {@code task} and {@code operation} and are never used twice: an attempt that failed may have
     * left files behind.
     */
    public OrderedFiles(Table table, String operation, int task) {
        this.table = table;
        this.files = OutputFileFactory.builderFor(table, task, 0)
                .format(FileFormat.PARQUET)
                .operationId(operation + "-" + UUID.randomUUID())
                .build();
        this.partition = new PartitionKey(table.spec(), table.schema());
        this.wrapper = new InternalRecordWrapper(table.schema().asStruct());
    }

    public void write(Record row) {
        partition.partition(wrapper.wrap(row));
        if (writer == null || !partition.equals(openPartition) || isFull()) {
            closeFile();
            openFile();
        }
        writer.write(row);
        rowsInFile++;
    }

    /** Closes the last file; every file written, in order. */
    public List<DataFile> complete() {
        closeFile();
        return List.copyOf(finished);
    }

    @Override
    public void close() {
        closeFile();
    }

    private boolean isFull() {
        return rowsInFile % ROWS_BETWEEN_SIZE_CHECKS == 0 && writer.length() >= TARGET_BYTES;
    }

    private void openFile() {
        openPartition = partition.copy();
        rowsInFile = 0;
        try {
            writer = Parquet.writeData(files.newOutputFile(table.spec(), openPartition))
                    .schema(table.schema())
                    .withSpec(table.spec())
                    .withPartition(openPartition)
                    .metricsConfig(MetricsConfig.forTable(table))
                    .createWriterFunc(GenericParquetWriter::create)
                    .setAll(table.properties())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a data file of %s".formatted(table.name()), e);
        }
    }

    private void closeFile() {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot finish a data file of %s".formatted(table.name()), e);
        }
        finished.add(writer.toDataFile());
        writer = null;
    }
}
