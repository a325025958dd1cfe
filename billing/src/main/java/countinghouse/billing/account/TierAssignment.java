package countinghouse.billing.account;

import countinghouse.billing.plan.Tier;
import java.time.Instant;

/**
 * A tier from an instant on.
 *
 * @param tier in force until the next assignment
 * @param effectiveFrom inclusive
 */
public record TierAssignment(Tier tier, Instant effectiveFrom) {}
