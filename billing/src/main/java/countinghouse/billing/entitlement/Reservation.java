package countinghouse.billing.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the counters say about a check.
 *
 * @param verdict of the check
 * @param admittedToday jobs admitted on the quota day, this one included if it was
 * @param inFlight jobs that hold a place, this one included if it does
 * @param leaseUntil when this job's place is free again unless events extend it; empty if it has none
 * @param retryAfter the earliest time that another check could come out differently without an event; zero if admitted
 * @param lastJobEvent append time of the newest job event of the account that was taken in; empty if none was
 */
public record Reservation(
        Verdict verdict,
        long admittedToday,
        long inFlight,
        Optional<Instant> leaseUntil,
        Duration retryAfter,
        Optional<Instant> lastJobEvent) {}
