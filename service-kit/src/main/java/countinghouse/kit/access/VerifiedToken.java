package countinghouse.kit.access;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;

/**
 * A token whose signature, issuer, audience and end were checked.
 *
 * @param principal whom it names
 * @param id its {@code jti}; null if it has none, and then it cannot be revoked
 * @param expiresAt exclusive
 */
public record VerifiedToken(Principal principal, String id, Instant expiresAt) {
    private static final String CONTEXT_KEY = "countinghouse.token";

    /** The token of a request that passed {@link Access#require} with one. */
    public static Optional<VerifiedToken> of(RoutingContext context) {
        return Optional.ofNullable(context.get(CONTEXT_KEY));
    }

    /** Notes that a request came with this token, and says from whom. */
    Principal admitTo(RoutingContext context) {
        context.put(CONTEXT_KEY, this);
        return principal;
    }
}
