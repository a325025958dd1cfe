package countinghouse.batch.backup;

import countinghouse.batch.backup.BackupManifest.StoredFile;
import countinghouse.batch.backup.BackupManifest.TableDump;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jdbi.v3.core.Handle;

/**
 * Puts a backup into an empty platform: files first, then the catalog, PostgreSQL last and at once. Until that last step the platform
 * still counts as empty, so a restore that was interrupted is simply run again.
 */
public final class RestoreJob {
    private final DatabaseConfig owner;
    private final IcebergCatalog catalog;
    private final String warehouse;

    public RestoreJob(DatabaseConfig owner, IcebergCatalog catalog, String warehouse) {
        this.owner = owner;
        this.catalog = catalog;
        this.warehouse = warehouse.endsWith("/") ? warehouse : warehouse + "/";
    }

    /** What was restored. */
    public record Restored(String id, long generation, long ledgerNumber, String ledgerRoot, long rows, long files) {}

    /**
     * @param place folder or URI of the backups
     * @param id of a backup; null takes the newest
     * @param checkOnly reads and compares everything, and changes nothing
     */
    public Restored restore(String place, String id, boolean checkOnly) {
        BackupStore store = BackupStore.at(place);
        BackupManifest backup = choose(store, place, id);
        backup.tables().forEach(table -> check(table.file(), store.openPart(backup.id(), table.file())));
        if (checkOnly) {
            backup.files().forEach(file -> check(file, store.openFile(file)));
        } else {
            restore(store, backup);
        }
        return new Restored(
                backup.id(),
                backup.generation(),
                backup.ledgerNumber(),
                backup.ledgerRoot(),
                backup.tables().stream().mapToLong(TableDump::rows).sum(),
                backup.files().size());
    }

    private void restore(BackupStore store, BackupManifest backup) {
        if (!warehouse.equals(backup.warehouse())) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The backup is of the warehouse %s, whose address every file of a table holds; it cannot be restored at %s. Give the new HDFS the old name"
                            .formatted(backup.warehouse(), warehouse));
        }
        Set<String> existing = catalog.existing().keySet();
        try (Database database = Database.open(owner);
                Handle handle = database.jdbi().open()) {
            DatabaseLoad load = new DatabaseLoad(handle);
            load.requireEmpty(backup);
            backup.files().forEach(file -> copy(file, store.openFile(file)));
            backup.catalog().forEach((name, metadata) -> {
                if (!existing.contains(name)) {
                    catalog.register(name, warehouse + metadata);
                }
            });
            load.load(backup, store);
        }
    }

    private static BackupManifest choose(BackupStore store, String place, String id) {
        List<BackupManifest> complete = store.complete();
        return complete.stream()
                .filter(backup -> id == null || backup.id().equals(id))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        id == null
                                ? "There is no complete backup at %s".formatted(place)
                                : "There is no complete backup %s at %s; there are %s"
                                        .formatted(
                                                id,
                                                place,
                                                complete.stream()
                                                        .map(BackupManifest::id)
                                                        .toList())));
    }

    private void copy(StoredFile file, InputStream stored) {
        try {
            Path target = new Path(warehouse + file.path());
            FileSystem system = target.getFileSystem(IcebergCatalog.hadoop());
            try (OutputStream output = system.create(target, true)) {
                compare(file, stored, output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s to the warehouse".formatted(file.path()), e);
        }
    }

    private static void check(StoredFile file, InputStream stored) {
        try {
            compare(file, stored, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s of the backup".formatted(file.path()), e);
        }
    }

    private static void compare(StoredFile file, InputStream stored, OutputStream target) throws IOException {
        try (stored;
                DigestingOutput output = new DigestingOutput(target)) {
            stored.transferTo(output);
            if (output.bytes() != file.bytes() || !output.sha256().equals(file.sha256())) {
                throw new CommandFailure(
                        ExitCode.DISAGREED,
                        "The file %s of the backup is not what was backed up (its SHA-256 differs); restore an earlier backup, or this one from another copy"
                                .formatted(file.path()));
            }
        }
    }
}
