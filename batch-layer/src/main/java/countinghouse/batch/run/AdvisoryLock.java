package countinghouse.batch.run;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps two processes from the same work: an advisory lock of PostgreSQL, held as long as its connection lives. */
public final class AdvisoryLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryLock.class);

    private final Handle handle;
    private final String name;

    private AdvisoryLock(Handle handle, String name) {
        this.handle = handle;
        this.name = name;
    }

    /**
     * Takes the lock at once.
     *
     * @throws CommandFailure (temporary) if another process holds it
     */
    public static AdvisoryLock take(Database database, String name) {
        Handle handle = database.jdbi().open();
        boolean taken = handle.createQuery("SELECT pg_try_advisory_lock(hashtextextended(:name, 0))")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
        if (!taken) {
            handle.close();
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Another process is at '%s'; wait for it, then try again".formatted(name));
        }
        return new AdvisoryLock(handle, name);
    }

    /** A connection that broke has taken the lock with it: what was done under the lock is done all the same. */
    @Override
    public void close() {
        try (handle) {
            handle.createQuery("SELECT pg_advisory_unlock(hashtextextended(:name, 0))")
                    .bind("name", name)
                    .mapTo(Boolean.class)
                    .one();
        } catch (JdbiException e) {
            LOG.warn("The lock '{}' was lost before it was given back: {}", name, e.getMessage());
        }
    }
}
