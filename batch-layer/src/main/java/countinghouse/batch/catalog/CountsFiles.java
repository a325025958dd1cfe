package countinghouse.batch.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/** Plans the files of one run's rows. */
public final class CountsFiles {
    private CountsFiles() {}

    /**
     * The files of a run by number of their source partition. An account lives in the same number of every topic, so a group has all
     * rows of its accounts. Holds because the task that writes a file reads a single source partition.
     */
    public static Map<Integer, List<DataFile>> byPartitionNumber(Table counts, long snapshotId, long runNumber) {
        int partitionId =
                counts.schema().findField(CountsSchema.SOURCE_PARTITION).fieldId();
        Map<Integer, List<DataFile>> byNumber = new TreeMap<>();
        for (DataFile file : plan(counts, snapshotId, runNumber)) {
            CharSequence partition = Conversions.fromByteBuffer(
                    Types.StringType.get(), file.lowerBounds().get(partitionId));
            byNumber.computeIfAbsent(numberOf(partition.toString()), ignored -> new ArrayList<>())
                    .add(file);
        }
        return byNumber;
    }

    private static Collection<DataFile> plan(Table counts, long snapshotId, long runNumber) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = counts.newScan()
                .useSnapshot(snapshotId)
                .filter(Expressions.equal(CountsSchema.RUN_NUMBER, runNumber))
                .includeColumnStats()
                .planFiles()) {
            tasks.forEach(task -> files.add(task.file().copy()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot plan the files of %s".formatted(counts.name()), e);
        }
        return files;
    }

    private static int numberOf(String partitionName) {
        return Integer.parseInt(partitionName.substring(partitionName.lastIndexOf('-') + 1));
    }
}
