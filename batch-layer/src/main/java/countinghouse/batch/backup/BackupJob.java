package countinghouse.batch.backup;

import countinghouse.batch.backup.BackupManifest.StoredFile;
import countinghouse.batch.backup.BackupManifest.TableDump;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.maintenance.CompactionJob;
import countinghouse.batch.publish.PublishJob;
import countinghouse.batch.run.AdvisoryLock;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.io.FileIO;
import org.jdbi.v3.core.Handle;

/**
 * Copies PostgreSQL and the warehouse as they belong together (ADR 0153). Both moments are taken while nobody publishes: first the
 * tables', then PostgreSQL's, so that every generation finds its snapshots and every run in the tables is known by its number.
 */
public final class BackupJob {
    private final Database locks;
    private final DatabaseConfig reader;
    private final IcebergCatalog catalog;
    private final String warehouseLocation;

    public BackupJob(Database locks, DatabaseConfig reader, IcebergCatalog catalog, String warehouseLocation) {
        this.locks = locks;
        this.reader = reader;
        this.catalog = catalog;
        this.warehouseLocation = warehouseLocation;
    }

    /** What a backup came to: its content, and how much of it had to be copied. */
    public record BackedUp(
            String id,
            long generation,
            long ledgerNumber,
            long rows,
            long files,
            long bytes,
            long copiedFiles,
            long copiedBytes,
            List<String> removedBackups,
            long removedFiles) {}

    /**
     * @param place folder or URI of the backups
     * @param retention which older ones stay; null keeps all
     */
    public BackedUp backUp(String place, RetentionPolicy retention) {
        BackupStore store = BackupStore.at(place).requireWritable();
        // Whoever merges or removes files waits until all are copied.
        try (AdvisoryLock maintenance = AdvisoryLock.take(locks, CompactionJob.LOCK);
                Database database = Database.open(reader);
                Handle handle = database.jdbi().open()) {
            Warehouse warehouse;
            DatabaseDump dump;
            try (AdvisoryLock publish = AdvisoryLock.take(locks, PublishJob.LOCK)) {
                warehouse = new Warehouse(warehouseLocation, catalog);
                dump = DatabaseDump.begin(handle);
            }
            try (dump) {
                Instant madeAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                return backUp(store, warehouse, dump, madeAt, retention);
            }
        }
    }

    private static BackedUp backUp(
            BackupStore store, Warehouse warehouse, DatabaseDump dump, Instant madeAt, RetentionPolicy retention) {
        String id = madeAt.toString().replace(':', '-');
        Map<String, StoredFile> known = store.known();
        List<StoredFile> files = new ArrayList<>();
        List<StoredFile> copied = new ArrayList<>();
        warehouse.forEachFile((io, location, path) -> {
            StoredFile file = known.get(path);
            if (file == null || !store.holds(file)) {
                file = store.writeFile(path, output -> copy(io, location, output));
                copied.add(file);
            }
            files.add(file);
        });
        List<TableDump> tables = dump.copyTo(store, id);
        DatabaseDump.LedgerEnd ledger = dump.ledgerEnd();
        store.writeManifest(new BackupManifest(
                id,
                madeAt,
                dump.generation(),
                ledger.number(),
                ledger.root(),
                warehouse.location(),
                dump.tables().scripts(),
                tables,
                dump.tables().sequences(),
                warehouse.metadata(),
                files));
        List<String> removed = retention == null ? List.of() : outdated(store, retention);
        return new BackedUp(
                id,
                dump.generation(),
                ledger.number(),
                tables.stream().mapToLong(TableDump::rows).sum(),
                files.size(),
                bytes(files)
                        + tables.stream()
                                .mapToLong(table -> table.file().bytes())
                                .sum(),
                copied.size(),
                bytes(copied),
                removed,
                removed.isEmpty() ? 0 : store.remove(removed));
    }

    private static List<String> outdated(BackupStore store, RetentionPolicy retention) {
        List<BackupManifest> complete = store.complete();
        Set<Instant> kept = new HashSet<>(
                retention.kept(complete.stream().map(BackupManifest::madeAt).toList()));
        return complete.stream()
                .filter(backup -> !kept.contains(backup.madeAt()))
                .map(BackupManifest::id)
                .toList();
    }

    private static long bytes(List<StoredFile> files) {
        return files.stream().mapToLong(StoredFile::bytes).sum();
    }

    private static void copy(FileIO io, String location, java.io.OutputStream output) {
        try (InputStream input = io.newInputFile(location).newStream()) {
            input.transferTo(output);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy %s".formatted(location), e);
        }
    }
}
