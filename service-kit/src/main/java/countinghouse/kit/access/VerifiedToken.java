package countinghouse.kit.access;

import java.time.Instant;

/**
 * A token whose signature, issuer, audience and end were checked.
 *
 * @param principal whom it names
 * @param id its {@code jti}; null if it has none, and then it cannot be revoked
 * @param expiresAt exclusive
 */
public record VerifiedToken(Principal principal, String id, Instant expiresAt) {}
