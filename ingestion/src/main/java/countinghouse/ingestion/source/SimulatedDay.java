package countinghouse.ingestion.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The day that a simulation plays, half-open. */
public record SimulatedDay(Instant from, Instant to) {
    private static final Duration LENGTH = Duration.ofDays(1);

    /** The 24 hours that ended at the last full hour in UTC. */
    public static SimulatedDay endingAtLastFullHour(Clock clock) {
        Instant to = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return new SimulatedDay(to.minus(LENGTH), to);
    }
}
