package countinghouse.batch.backup;

import countinghouse.batch.backup.BackupManifest.StoredFile;
import countinghouse.batch.backup.BackupManifest.TableDump;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.postgresql.PGConnection;

/** Everything that PostgreSQL held at one moment, however long the copying takes. */
final class DatabaseDump implements AutoCloseable {
    private final Handle handle;
    private final DatabaseTables tables;

    private DatabaseDump(Handle handle) {
        this.handle = handle;
        this.tables = new DatabaseTables(handle);
    }

    /** The moment is now. */
    static DatabaseDump begin(Handle handle) {
        handle.begin();
        handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
        handle.execute("SET TRANSACTION READ ONLY");
        // A snapshot is taken by the first query, not by BEGIN.
        handle.createQuery("SELECT 1").mapTo(Integer.class).one();
        return new DatabaseDump(handle);
    }

    DatabaseTables tables() {
        return tables;
    }

    long generation() {
        return handle.createQuery("SELECT coalesce(max(generation), 0) FROM published.pointer")
                .mapTo(Long.class)
                .one();
    }

    /** Number and hash of the audit ledger's last entry. */
    LedgerEnd ledgerEnd() {
        if (!tables.exists("billing.ledger")) {
            return LedgerEnd.NONE;
        }
        return handle.createQuery("SELECT number, encode(hash, 'hex') FROM billing.ledger ORDER BY number DESC LIMIT 1")
                .map((row, context) -> new LedgerEnd(row.getLong(1), row.getString(2)))
                .findOne()
                .orElse(LedgerEnd.NONE);
    }

    record LedgerEnd(long number, String root) {
        private static final LedgerEnd NONE = new LedgerEnd(0, "");
    }

    List<TableDump> copyTo(BackupStore store, String id) {
        List<TableDump> dumps = new ArrayList<>();
        tables.columns().forEach((table, columns) -> {
            AtomicLong rows = new AtomicLong();
            StoredFile file = store.writePart(id, "database/" + table + ".copy", output -> {
                try {
                    rows.set(handle.getConnection()
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyOut("COPY %s (%s) TO STDOUT".formatted(table, String.join(", ", columns)), output));
                } catch (SQLException e) {
                    throw new IOException("PostgreSQL did not copy %s: %s".formatted(table, e.getMessage()), e);
                }
            });
            dumps.add(new TableDump(table, columns, rows.get(), file));
        });
        return dumps;
    }

    @Override
    public void close() {
        handle.rollback();
    }
}
