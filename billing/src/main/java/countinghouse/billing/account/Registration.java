package countinghouse.billing.account;

import countinghouse.billing.plan.Tier;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A wish to register an account, or to change one that is registered.
 *
 * @param account its id, the subject of its events
 * @param name for people
 * @param tier from {@code effectiveFrom} on
 * @param effectiveFrom inclusive
 * @param zone billing time zone
 */
public record Registration(String account, String name, Tier tier, Instant effectiveFrom, ZoneId zone) {}
