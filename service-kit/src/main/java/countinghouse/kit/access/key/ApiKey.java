package countinghouse.kit.access.key;

import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A stored key.
 *
 * @param secretHash SHA-256 of its secret
 * @param replaces id of the key that it was rotated from; null if none
 * @param expiresAt from when it is no longer good; null if never
 * @param revokedAt since when it is revoked; null if it is not
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
        Instant revokedAt) {
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
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    @Override
    public String toString() {
        return "ApiKey[%s of %s]".formatted(id, grant.producer());
    }
}
