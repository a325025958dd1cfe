package countinghouse.batch.testing;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** What the archive of views has of persons, in whatever snapshot. */
public final class ArchivedViews implements AutoCloseable {
    private static final List<String> COLUMNS = List.of("user_id", "session_id", "referrer");

    private final IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()));
    private final Table table = catalog.raw(EventType.VIEW);

    /** Where the files are that tell of a person. */
    public Set<String> filesWith(String person) {
        return files().stream()
                .filter(file -> texts(file).stream().anyMatch(text -> text.contains(person)))
                .map(DataFile::location)
                .collect(Collectors.toSet());
    }

    /** Every viewer, session and referrer that the table has now. */
    public Set<String> viewersNow() {
        return OffsetOrder.files(table, table.currentSnapshot().snapshotId(), Integer.MIN_VALUE, Integer.MAX_VALUE)
                .stream()
                .flatMap(file -> texts(file).stream())
                .collect(Collectors.toSet());
    }

    public boolean exists(String file) {
        return table.io().newInputFile(file).exists();
    }

    private List<DataFile> files() {
        TreeMap<String, DataFile> files = new TreeMap<>();
        for (Snapshot snapshot : table.snapshots()) {
            OffsetOrder.files(table, snapshot.snapshotId(), Integer.MIN_VALUE, Integer.MAX_VALUE)
                    .forEach(file -> files.put(file.location(), file));
        }
        return List.copyOf(files.values());
    }

    private Set<String> texts(DataFile file) {
        Set<String> texts = new HashSet<>();
        try (RecordFiles rows = new RecordFiles(table.io(), table.schema().select(COLUMNS), List.of(file))) {
            while (rows.hasNext()) {
                Record row = rows.next();
                COLUMNS.stream()
                        .map(row::getField)
                        .filter(value -> value != null)
                        .forEach(value -> texts.add(value.toString()));
            }
        }
        return texts;
    }

    @Override
    public void close() {
        catalog.close();
    }
}
