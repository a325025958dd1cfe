package countinghouse.batch.generation;

import countinghouse.kit.database.Database;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/**
 * Finds out what became of a move of the pointer whose COMMIT was not answered. Every move holds the lock on the pointer's row until it
 * has committed or never will; so whoever holds it sees the outcome.
 */
public final class PointerLock {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Database database;
    private final Duration patience;

    /** @param patience how long to try while PostgreSQL cannot be reached or a move that hangs holds the lock */
    public PointerLock(Database database, Duration patience) {
        this.database = database;
        this.patience = patience;
    }

    /**
     * Looks while nobody can move the pointer.
     *
     * @throws JdbiException if PostgreSQL could not be asked for as long as the patience lasted
     */
    public <T> T look(HandleCallback<T, RuntimeException> question) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return database.jdbi().inTransaction(handle -> {
                    long leftMs = Math.max(
                            1, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
                    handle.createQuery("SELECT set_config('lock_timeout', :limit, true)")
                            .bind("limit", leftMs + "ms")
                            .mapTo(String.class)
                            .one();
                    Generations.lockPointer(handle);
                    return question.withHandle(handle);
                });
            } catch (JdbiException e) {
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
