package countinghouse.batch.catalog;

import java.util.Map;
import org.apache.iceberg.jdbc.JdbcClientPool;

/**
 * Connections of the catalog that repeat a read whose connection broke, and never a commit: the first attempt may have taken effect, and
 * then the second is told that somebody else was there. Iceberg takes that for a failure and deletes the files of its own commit.
 */
final class CommitPool extends JdbcClientPool {
    private final ThreadLocal<Boolean> committing = ThreadLocal.withInitial(() -> false);

    CommitPool(Map<String, String> properties) {
        super(properties.get("uri"), properties);
    }

    /** Does a commit; what fails within it is not tried again. */
    void once(Runnable commit) {
        committing.set(true);
        try {
            commit.run();
        } finally {
            committing.remove();
        }
    }

    @Override
    protected boolean isConnectionException(Exception failure) {
        return !committing.get() && super.isConnectionException(failure);
    }
}
