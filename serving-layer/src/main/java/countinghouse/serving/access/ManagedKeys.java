package countinghouse.serving.access;

import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.access.key.ApiKeyStore;
import countinghouse.kit.access.key.KeyGrant;
import countinghouse.kit.access.key.KeyText;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.http.ProblemException;
import countinghouse.serving.query.ServingError;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The keys that administrators make, rotate and revoke, in the role of {@code keys.postgres.*}. Every method blocks. */
final class ManagedKeys implements AutoCloseable {
    private static final int CONNECTIONS = 2;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Optional<Database> database;
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();

    private ManagedKeys(Optional<Database> database) {
        this.database = database;
    }

    /** Opens what the settings name, without connecting. A process that they give no such role to says so to whoever asks. */
    static ManagedKeys open(Settings settings) {
        return new ManagedKeys(settings.find("keys.postgres.url").map(url -> {
            DatabaseConfig config = DatabaseConfig.from(settings, "keys.postgres");
            return Database.open(
                    new DatabaseConfig(config.url(), config.user(), config.password(), CONNECTIONS, ANSWER_WITHIN));
        }));
    }

    /** Every key ever made, the newest first. */
    Map<String, ?> all() {
        Instant now = clock.instant();
        List<Map<String, Object>> fields =
                store().all().stream().map(key -> key.fieldsAt(now)).collect(Collectors.toList());
        Collections.reverse(fields);
        return Map.of("data", fields);
    }

    /** Makes a key; the only answer with its secret. */
    Map<String, ?> create(KeyGrant grant, String actor) {
        KeyText key = KeyText.random(random);
        store().add(key, grant, actor);
        return withSecret(key);
    }

    /**
     * Makes a key for the same as another, which stays good for the time of overlap.
     *
     * @throws ProblemException if there is no such key, or it is no longer good
     */
    Map<String, ?> rotate(String id, Duration overlap, String actor) {
        KeyText key = KeyText.random(random);
        if (store().rotate(id, key, overlap, actor).isEmpty()) {
            ApiKey old = find(id);
            throw new ProblemException(
                    ServingError.KEY_NOT_VALID,
                    "The key '%s' is %s and cannot be rotated; make a new one"
                            .formatted(id, old.fieldsAt(clock.instant()).get("state")));
        }
        return withSecret(key);
    }

    /**
     * Revokes a key; revoking it again changes nothing.
     *
     * @throws ProblemException if there is no such key
     */
    Map<String, ?> revoke(String id, String actor) {
        store().revoke(id, actor);
        return find(id).fieldsAt(clock.instant());
    }

    private Map<String, ?> withSecret(KeyText key) {
        Map<String, Object> fields = new LinkedHashMap<>(find(key.id()).fieldsAt(clock.instant()));
        fields.put("key", key.text());
        return fields;
    }

    private ApiKey find(String id) {
        return store().find(id)
                .orElseThrow(() -> new ProblemException(
                        ServingError.UNKNOWN_KEY,
                        "There is no API key with the id '%s'; GET /api/v1/keys lists all".formatted(id)));
    }

    private ApiKeyStore store() {
        Database open = database.orElseThrow(() -> new ProblemException(
                ServingError.KEYS_NOT_MANAGED,
                "This process does not manage API keys; set 'keys.postgres.*' for it, or use the command"
                        + " 'countinghouse keys'"));
        return new ApiKeyStore(open.jdbi(), clock);
    }

    @Override
    public void close() {
        database.ifPresent(Database::close);
    }
}
