package countinghouse.kit.access.key;

import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stored key.
 *
 * @param secretHash SHA-256 of its secret
 * @param replaces id of the key that it was rotated from; null if none
 * @param expiresAt from when it is no longer good; null if never
 * @param revokedAt since when it is revoked; null if it is not
 * @param revokedBy who revoked it; null if nobody did
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record ApiKey(
        String id,
        KeyGrant grant,
        byte[] secretHash,
        Instant createdAt,
        String createdBy,
        String replaces,
        Instant expiresAt,
        Instant revokedAt,
        String revokedBy) {
    private static final String CONTEXT_KEY = "countinghouse.api-key";

    /** The key of a request that came with one. */
    public static Optional<ApiKey> of(RoutingContext context) {
        return Optional.ofNullable(context.get(CONTEXT_KEY));
    }

    /** Notes that a request came with this key, and says from whom. */
    public Principal admitTo(RoutingContext context) {
        context.put(CONTEXT_KEY, this);
        return new Principal(
                grant.producer(), grant.roles(), Set.copyOf(grant.accounts().names()));
    }

    /** Whether a text is this key and good at the time. Takes as long for a secret that is nearly right. */
    boolean admits(KeyText text, Instant now) {
        boolean same = MessageDigest.isEqual(secretHash, text.hash());
        return same && isGoodAt(now);
    }

    public boolean isGoodAt(Instant now) {
        return stateAt(now) == KeyState.VALID;
    }

    public KeyState stateAt(Instant now) {
        if (revokedAt != null) {
            return KeyState.REVOKED;
        }
        return expiresAt == null || now.isBefore(expiresAt) ? KeyState.VALID : KeyState.EXPIRED;
    }

    /** What may be shown of it, by the names that the API and the commands use: everything but the hash. */
    public Map<String, Object> fieldsAt(Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("state", lowerCase(stateAt(now)));
        fields.put("producer", grant.producer());
        fields.put("sources", grant.sources().entries());
        fields.put("accounts", grant.accounts().entries());
        fields.put(
                "roles", grant.roles().stream().sorted().map(ApiKey::lowerCase).toList());
        fields.put("eventsPerSecond", grant.eventsPerSecond());
        fields.put("createdAt", createdAt);
        fields.put("createdBy", createdBy);
        fields.put("replaces", replaces);
        fields.put("expiresAt", expiresAt);
        fields.put("revokedAt", revokedAt);
        fields.put("revokedBy", revokedBy);
        return fields;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "ApiKey[%s of %s]".formatted(id, grant.producer());
    }
}
