package countinghouse.kit.access.key;

import countinghouse.kit.access.AccessRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The keys in PostgreSQL. */
public final class ApiKeyStore {
    private static final String COLUMNS = "id, producer, secret_hash, sources, accounts, roles, events_per_second,"
            + " created_at, created_by, replaces, expires_at, revoked_at, revoked_by";

    private final Jdbi jdbi;
    private final Clock clock;

    public ApiKeyStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Every key ever made, the newest last. */
    public List<ApiKey> all() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT " + COLUMNS + " FROM access.api_key ORDER BY created_at, id")
                        .map((row, context) -> read(row))
                        .list());
    }

    /** The key of an id, whatever its state. */
    public Optional<ApiKey> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + COLUMNS + " FROM access.api_key WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne());
    }

    /** Stores a new key. */
    public void add(KeyText text, KeyGrant grant, String actor) {
        jdbi.useHandle(handle -> insert(handle, text, grant, actor, null));
    }

    /** Revokes a key at once; false if there is no such key that is not revoked yet. */
    public boolean revoke(String id, String actor) {
        return jdbi.withHandle(handle -> handle.createUpdate("UPDATE access.api_key SET revoked_at = :now,"
                                + " revoked_by = :actor WHERE id = :id AND revoked_at IS NULL")
                        .bind("now", now())
                        .bind("actor", actor)
                        .bind("id", id)
                        .execute())
                == 1;
    }

    /**
     * Stores a key for the same as another, which stays good for the time of overlap and no longer.
     *
     * @return the key replaced; empty if there is none of that id that is still good
     */
    public Optional<ApiKey> rotate(String id, KeyText text, Duration overlap, String actor) {
        Instant end = clock.instant().plus(overlap);
        return jdbi.inTransaction(handle -> {
            Optional<ApiKey> old = handle.createQuery(
                            "SELECT " + COLUMNS + " FROM access.api_key WHERE id = :id FOR UPDATE")
                    .bind("id", id)
                    .map((row, context) -> read(row))
                    .findOne()
                    .filter(key -> key.isGoodAt(clock.instant()));
            old.ifPresent(key -> {
                insert(handle, text, key.grant(), actor, id);
                handle.createUpdate("UPDATE access.api_key SET expires_at = least(expires_at, :end) WHERE id = :id")
                        .bind("end", Timestamp.from(end))
                        .bind("id", id)
                        .execute();
            });
            return old;
        });
    }

    private void insert(Handle handle, KeyText text, KeyGrant grant, String actor, String replaces) {
        handle.createUpdate("INSERT INTO access.api_key (id, producer, secret_hash, sources, accounts, roles,"
                        + " events_per_second, created_at, created_by, replaces) VALUES (:id, :producer, :hash,"
                        + " :sources, :accounts, :roles, :rate, :now, :actor, :replaces)")
                .bind("id", text.id())
                .bind("producer", grant.producer())
                .bind("hash", text.hash())
                .bindArray("sources", String.class, grant.sources().entries())
                .bindArray("accounts", String.class, grant.accounts().entries())
                .bindArray(
                        "roles",
                        String.class,
                        grant.roles().stream().map(ApiKeyStore::nameOf).sorted().toList())
                .bind("rate", grant.eventsPerSecond())
                .bind("now", now())
                .bind("actor", actor)
                .bind("replaces", replaces)
                .execute();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        Set<AccessRole> roles = texts(row, "roles").stream()
                .map(role -> AccessRole.valueOf(role.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
        KeyGrant grant = new KeyGrant(
                row.getString("producer"),
                new NamePatterns(texts(row, "sources")),
                new NamePatterns(texts(row, "accounts")),
                roles,
                row.getInt("events_per_second"));
        return new ApiKey(
                row.getString("id"),
                grant,
                row.getBytes("secret_hash"),
                instant(row, "created_at"),
                row.getString("created_by"),
                row.getString("replaces"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                row.getString("revoked_by"));
    }

    private static String nameOf(AccessRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}
