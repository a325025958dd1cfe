package countinghouse.kit.access;

import countinghouse.kit.config.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens that are no longer taken although they have not ended (SEC-02). Safe for concurrent use. */
public interface RevokedTokens extends AutoCloseable {
    /**
     * Whether a token is revoked; answers from memory.
     *
     * @throws CredentialsUnavailableException if that was never known
     */
    boolean contains(String id);

    /**
     * Revokes a token until it ends by itself. Blocks; may be repeated.
     *
     * @throws RevocationException if it is not known to be revoked; repeating is safe
     */
    void add(String id, Instant expiresAt);

    /** Waits until they are known, or it is known that they cannot be read now. */
    void awaitFirstReading();

    /** Why nothing is known, for readiness; empty if something is. */
    Optional<String> complaint();

    @Override
    void close();

    /** Those that the settings name ({@code access.postgres.*}), or a list of this process alone. */
    static RevokedTokens open(Settings settings) {
        return StoredRevocations.open(settings);
    }

    /** A list of this process alone, for a process without a database. */
    static RevokedTokens inMemory() {
        Map<String, Instant> ids = new ConcurrentHashMap<>();
        Clock clock = Clock.systemUTC();
        return new RevokedTokens() {
            @Override
            public boolean contains(String id) {
                return ids.containsKey(id);
            }

            @Override
            public void add(String id, Instant expiresAt) {
                ids.values().removeIf(end -> end.isBefore(clock.instant()));
                ids.put(id, expiresAt);
            }

            @Override
            public void awaitFirstReading() {
                // There is nothing to read.
            }

            @Override
            public Optional<String> complaint() {
                return Optional.empty();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
