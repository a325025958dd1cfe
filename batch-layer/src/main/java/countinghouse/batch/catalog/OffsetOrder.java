package countinghouse.batch.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/** Plans which archive files to read, in the order of the offsets they hold. */
public final class OffsetOrder {
    private OffsetOrder() {}

    /** The files of some ingest days (days since the epoch, half-open) of every partition, in no particular order. */
    public static List<DataFile> files(Table table, long snapshotId, int fromDay, int toDay) {
        Expression days = Expressions.and(
                Expressions.greaterThanOrEqual(RawSchema.INGEST_DAY, fromDay),
                Expressions.lessThan(RawSchema.INGEST_DAY, toDay));
        return plan(table, snapshotId, days);
    }

    /** The files of one partition and some ingest days, sorted by first offset. */
    public static List<DataFile> files(Table table, long snapshotId, int fromDay, int toDay, int partition) {
        Expression filter = Expressions.and(
                Expressions.greaterThanOrEqual(RawSchema.INGEST_DAY, fromDay),
                Expressions.lessThan(RawSchema.INGEST_DAY, toDay),
                Expressions.equal(RawSchema.SOURCE_PARTITION, partition));
        return sorted(table, plan(table, snapshotId, filter));
    }

    /** The files sorted by their first offset. */
    public static List<DataFile> sorted(Table table, List<DataFile> files) {
        return files.stream()
                .sorted(Comparator.comparingLong(file -> firstOffset(table, file)))
                .toList();
    }

    /** The offset of a file's first record. */
    public static long firstOffset(Table table, DataFile file) {
        return Conversions.fromByteBuffer(
                Types.LongType.get(), file.lowerBounds().get(offsetId(table)));
    }

    /** The offset of a file's last record. */
    public static long lastOffset(Table table, DataFile file) {
        return Conversions.fromByteBuffer(
                Types.LongType.get(), file.upperBounds().get(offsetId(table)));
    }

    /** The ingest day (days since the epoch) of a file of the archive. */
    public static int dayOf(DataFile file) {
        return file.partition().get(0, Integer.class);
    }

    /** The source partition of a file of the archive. */
    public static int partitionOf(DataFile file) {
        return file.partition().get(1, Integer.class);
    }

    private static List<DataFile> plan(Table table, long snapshotId, Expression filter) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(snapshotId)
                .filter(filter)
                .includeColumnStats()
                .planFiles()) {
            tasks.forEach(task -> files.add(task.file().copy()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot plan the files of %s".formatted(table.name()), e);
        }
        return files;
    }

    private static int offsetId(Table table) {
        return table.schema().findField(RawSchema.KAFKA_OFFSET).fieldId();
    }
}
