package countinghouse.batch.catalog;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.UncheckedInterruptedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** A table whose commits have three outcomes: where the database did not answer, the outcome is unknown and no file of it is deleted. */
final class CommitOnce implements TableOperations {
    private final TableOperations table;
    private final CommitPool pool;

    CommitOnce(TableOperations table, CommitPool pool) {
        this.table = table;
        this.pool = pool;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
        try {
            pool.once(() -> table.commit(base, metadata));
        } catch (UncheckedSQLException | UncheckedInterruptedException e) {
            throw new CommitStateUnknownException(e);
        }
    }

    @Override
    public TableMetadata current() {
        return table.current();
    }

    @Override
    public TableMetadata refresh() {
        return table.refresh();
    }

    @Override
    public FileIO io() {
        return table.io();
    }

    @Override
    public EncryptionManager encryption() {
        return table.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return table.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
        return table.locationProvider();
    }

    @Override
    public TableOperations temp(TableMetadata uncommitted) {
        return table.temp(uncommitted);
    }

    @Override
    public long newSnapshotId() {
        return table.newSnapshotId();
    }

    @Override
    public boolean requireStrictCleanup() {
        return table.requireStrictCleanup();
    }
}
