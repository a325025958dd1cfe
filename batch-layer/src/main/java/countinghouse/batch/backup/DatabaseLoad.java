package countinghouse.batch.backup;

import countinghouse.batch.backup.BackupManifest.TableDump;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/** Fills the tables of a prepared, empty database with those of a backup, in one transaction. */
final class DatabaseLoad {
    /** Of each part the table that its use fills first. */
    private static final List<String> SIGNS_OF_USE =
            List.of("published.run", "published.generation", "billing.ledger", "access.api_key");

    private final Handle handle;
    private final DatabaseTables tables;

    DatabaseLoad(Handle handle) {
        this.handle = handle;
        this.tables = new DatabaseTables(handle);
    }

    void requireEmpty(BackupManifest backup) {
        if (!tables.scripts().equals(backup.scripts())) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The database has not the schemas of the backup, whose migrations are %s; prepare it with 'countinghouse setup' of the build that made the backup"
                            .formatted(backup.scripts()));
        }
        for (String table : SIGNS_OF_USE) {
            if (tables.exists(table) && rows(table) > 0) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "The database is in use (%s has rows); a backup is only restored into an empty one"
                                .formatted(table));
            }
        }
    }

    private long rows(String table) {
        return handle.createQuery("SELECT count(*) FROM (SELECT FROM %s LIMIT 1) t".formatted(table))
                .mapTo(Long.class)
                .one();
    }

    void load(BackupManifest backup, BackupStore store) {
        List<String> names = backup.tables().stream().map(TableDump::name).toList();
        handle.useTransaction(transaction -> {
            // What triggers wrote when the rows came into being is among the rows.
            names.forEach(name -> transaction.execute("ALTER TABLE %s DISABLE TRIGGER USER".formatted(name)));
            transaction.execute("TRUNCATE " + String.join(", ", names));
            backup.tables().forEach(table -> copyIn(table, store.openPart(backup.id(), table.file())));
            names.forEach(name -> transaction.execute("ALTER TABLE %s ENABLE TRIGGER USER".formatted(name)));
            backup.sequences().forEach(sequence -> transaction
                    .createQuery("SELECT setval(:name::regclass, :value, :called)")
                    .bind("name", sequence.name())
                    .bind("value", sequence.value())
                    .bind("called", sequence.called())
                    .mapTo(Long.class)
                    .one());
        });
    }

    private void copyIn(TableDump table, InputStream content) {
        try (content) {
            long rows = handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY %s (%s) FROM STDIN".formatted(table.name(), String.join(", ", table.columns())),
                            content);
            if (rows != table.rows()) {
                throw new CommandFailure(
                        ExitCode.DISAGREED,
                        "PostgreSQL took %d rows of %s, and %d were backed up; nothing was restored"
                                .formatted(rows, table.name(), table.rows()));
            }
        } catch (SQLException e) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "PostgreSQL refused the rows of %s (%s); nothing was restored"
                            .formatted(table.name(), e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the rows of %s".formatted(table.name()), e);
        }
    }
}
