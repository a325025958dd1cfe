package countinghouse.batch.catalog;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Iceberg's JDBC catalog with commits that are sent once (ADR 0100). */
final class ExactCatalog extends JdbcCatalog {
    /** The superclass makes its connections while it initialises. */
    private final AtomicReference<CommitPool> pool;

    ExactCatalog() {
        this(new AtomicReference<>());
    }

    private ExactCatalog(AtomicReference<CommitPool> pool) {
        super(
                null,
                properties -> {
                    pool.set(new CommitPool(properties));
                    return pool.get();
                },
                true);
        this.pool = pool;
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier name) {
        return new CommitOnce(super.newTableOps(name), pool.get());
    }
}
