package countinghouse.billing.publication;

import java.time.Instant;

/**
 * What a rollback came to.
 *
 * @param left the generation that was served until then
 * @param served the one that is served now
 * @param closedThrough exclusive end of what the served one covers
 * @param auditEntry number of the newest entry of the audit ledger, which records the move
 */
public record RolledBack(long left, long served, Instant closedThrough, long auditEntry) {}
