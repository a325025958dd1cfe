package countinghouse.batch.maintenance;

import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.schemas.EventType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * Small files that follow one another: of one ingest day and one partition of a type, in offset order, at least two.
 *
 * @param type of the archive table
 * @param files that one or few files shall replace
 */
record SmallFiles(EventType type, List<DataFile> files) implements Serializable {
    /** A file of this size is left alone, so that what was compacted is not compacted again. */
    private static final long SMALL_BYTES = 128L << 20;

    long records() {
        return files.stream().mapToLong(DataFile::recordCount).sum();
    }

    /** Every such group of a table. */
    static List<SmallFiles> of(EventType type, Table table) {
        if (table.currentSnapshot() == null) {
            return List.of();
        }
        Map<String, List<DataFile>> byDayAndPartition =
                OffsetOrder.files(table, table.currentSnapshot().snapshotId(), Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .stream()
                        .collect(Collectors.groupingBy(
                                file -> OffsetOrder.dayOf(file) + "/" + OffsetOrder.partitionOf(file),
                                TreeMap::new,
                                Collectors.toList()));
        List<SmallFiles> groups = new ArrayList<>();
        byDayAndPartition.values().forEach(files -> split(type, OffsetOrder.sorted(table, files), groups));
        return groups;
    }

    private static void split(EventType type, List<DataFile> inOrder, List<SmallFiles> groups) {
        List<DataFile> run = new ArrayList<>();
        for (DataFile file : inOrder) {
            if (file.fileSizeInBytes() < SMALL_BYTES) {
                run.add(file);
            } else {
                close(type, run, groups);
                run = new ArrayList<>();
            }
        }
        close(type, run, groups);
    }

    private static void close(EventType type, List<DataFile> run, List<SmallFiles> groups) {
        if (run.size() > 1) {
            groups.add(new SmallFiles(type, List.copyOf(run)));
        }
    }
}
