package countinghouse.kit.access;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revoked tokens of every process, in {@code access.revoked_token}. Each process reads them once a second, so a token may be taken that much
 * longer elsewhere; while they cannot be read, those known before stay revoked, and a process that never read them takes no token (ADR 0167). A
 * row lives as long as its token would have, and a little longer, for the clocks of processes that are behind that of PostgreSQL.
 */
final class StoredRevocations implements RevokedTokens {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int TIMEOUT_SECONDS = 5;
    private static final int ROUNDS_BETWEEN_CLEANINGS = 600;
    private static final String STILL_NEEDED_AFTER = "now() - interval '5 minutes'";
    private static final Logger LOG = LoggerFactory.getLogger(StoredRevocations.class);

    private final Database database;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "revoked-tokens");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch firstReading = new CountDownLatch(1);
    /** Null until they were read. */
    private volatile Set<String> known;

    private boolean failing;
    private int rounds;

    StoredRevocations(Database database) {
        this.database = database;
        var unused = timer.scheduleWithFixedDelay(this::read, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Those that the settings name ({@code access.postgres.*}), or a list of this process alone. */
    static RevokedTokens open(Settings settings) {
        return settings.find("access.postgres.url").isPresent()
                ? new StoredRevocations(Database.open(DatabaseConfig.from(settings, "access.postgres")
                        .answeringWithin(Duration.ofSeconds(TIMEOUT_SECONDS))))
                : RevokedTokens.inMemory();
    }

    @Override
    public boolean contains(String id) {
        Set<String> read = known;
        if (read == null) {
            throw new RevocationsUnavailableException();
        }
        return read.contains(id);
    }

    @Override
    public void awaitFirstReading() {
        try {
            firstReading.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<String> complaint() {
        return known == null
                ? Optional.of("the revoked tokens in 'access.postgres' were never read")
                : Optional.empty();
    }

    @Override
    public void add(String id, Instant expiresAt) {
        try {
            database.jdbi().useHandle(handle -> handle.createUpdate(
                            "INSERT INTO access.revoked_token (id, expires_at) VALUES (:id, :end) ON CONFLICT DO NOTHING")
                    .bind("id", id)
                    .bind("end", expiresAt.atOffset(ZoneOffset.UTC))
                    .setQueryTimeout(TIMEOUT_SECONDS)
                    .execute());
        } catch (JdbiException e) {
            throw new RevocationException("The token is not known to be revoked; send the same request again", e);
        }
        read();
    }

    private synchronized void read() {
        try {
            known = database.jdbi()
                    .withHandle(handle -> new HashSet<>(handle.createQuery(
                                    "SELECT id FROM access.revoked_token WHERE expires_at > " + STILL_NEEDED_AFTER)
                            .setQueryTimeout(TIMEOUT_SECONDS)
                            .mapTo(String.class)
                            .list()));
            rounds++;
            if (rounds % ROUNDS_BETWEEN_CLEANINGS == 0) {
                database.jdbi()
                        .useHandle(handle -> handle.execute(
                                "DELETE FROM access.revoked_token WHERE expires_at < " + STILL_NEEDED_AFTER));
            }
            failing = false;
        } catch (RuntimeException e) {
            // Whatever it is: a timer whose task throws never runs again.
            if (!failing) {
                LOG.warn(
                        "The revoked tokens cannot be read; those known before stay revoked: {}",
                        String.valueOf(e.getCause() == null ? e : e.getCause()));
            }
            failing = true;
        } finally {
            firstReading.countDown();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        database.close();
    }
}
