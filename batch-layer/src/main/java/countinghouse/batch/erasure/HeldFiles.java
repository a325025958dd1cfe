package countinghouse.batch.erasure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Files of a table that may have records of a person, by their places.
 *
 * @param referenced what the table has now, or a generation
 * @param left what only older snapshots have, which {@code maintenance expire} removes
 */
record HeldFiles(Map<String, DataFile> referenced, Map<String, DataFile> left) {
    static HeldFiles of(Table table, Person person) {
        Set<Long> referenced =
                table.refs().values().stream().map(SnapshotRef::snapshotId).collect(Collectors.toSet());
        HeldFiles held = new HeldFiles(new LinkedHashMap<>(), new LinkedHashMap<>());
        referenced.forEach(
                snapshot -> in(table, snapshot, person).forEach(file -> held.referenced.put(file.location(), file)));
        for (Snapshot snapshot : table.snapshots()) {
            if (!referenced.contains(snapshot.snapshotId())) {
                for (DataFile file : in(table, snapshot.snapshotId(), person)) {
                    if (!held.referenced.containsKey(file.location())) {
                        held.left.put(file.location(), file);
                    }
                }
            }
        }
        return held;
    }

    /** The files of a snapshot whose bounds do not rule the person out. */
    static List<DataFile> in(Table table, long snapshotId, Person person) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(snapshotId)
                .filter(Expressions.equal(Person.COLUMN, person.identifier()))
                .includeColumnStats()
                .planFiles()) {
            tasks.forEach(task -> files.add(task.file().copy()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot plan the files of %s".formatted(table.name()), e);
        }
        return files;
    }
}
