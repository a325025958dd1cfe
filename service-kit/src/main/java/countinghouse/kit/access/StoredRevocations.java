package countinghouse.kit.access;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revoked tokens of every process, in {@code access.revoked_token}. Each process reads them once a second, so a token may be taken that much
 * longer elsewhere; while they cannot be read, those known before stay revoked. A row lives as long as its token would have.
 */
final class StoredRevocations implements RevokedTokens {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int TIMEOUT_SECONDS = 5;
    private static final int ROUNDS_BETWEEN_CLEANINGS = 600;
    private static final Logger LOG = LoggerFactory.getLogger(StoredRevocations.class);

    private final Database database;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "revoked-tokens");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Set<String> known = Set.of();
    private boolean failing;
    private int rounds;

    StoredRevocations(Database database) {
        this.database = database;
        var unused = timer.scheduleWithFixedDelay(this::read, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Those that the settings name ({@code access.postgres.*}), or a list of this process alone. */
    static RevokedTokens open(Settings settings) {
        return settings.find("access.postgres.url").isPresent()
                ? new StoredRevocations(Database.open(DatabaseConfig.from(settings, "access.postgres")))
                : RevokedTokens.inMemory();
    }

    @Override
    public boolean contains(String id) {
        return known.contains(id);
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
                    .withHandle(handle -> new HashSet<>(
                            handle.createQuery("SELECT id FROM access.revoked_token WHERE expires_at > now()")
                                    .setQueryTimeout(TIMEOUT_SECONDS)
                                    .mapTo(String.class)
                                    .list()));
            rounds++;
            if (rounds % ROUNDS_BETWEEN_CLEANINGS == 0) {
                database.jdbi()
                        .useHandle(
                                handle -> handle.execute("DELETE FROM access.revoked_token WHERE expires_at < now()"));
            }
            failing = false;
        } catch (JdbiException e) {
            if (!failing) {
                LOG.warn(
                        "The revoked tokens cannot be read; those known before stay revoked: {}",
                        String.valueOf(e.getCause()));
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        database.close();
    }
}
