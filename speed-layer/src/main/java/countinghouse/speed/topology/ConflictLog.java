package countinghouse.speed.topology;

import countinghouse.metering.event.Event;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs conflicts: the first few of each minute in full, of the others only how many. Not thread-safe: one per task. */
final class ConflictLog {
    private static final Logger LOG = LoggerFactory.getLogger(ConflictLog.class);
    private static final long INTERVAL_MS = Duration.ofMinutes(1).toMillis();
    static final int MAX_PER_INTERVAL = 10;

    private final Clock clock;
    private long intervalStartMs;
    private long seen;

    ConflictLog(Clock clock) {
        this.clock = clock;
    }

    /** Returns whether it was logged in full. */
    boolean report(TopicPartition source, long offset, Event event) {
        long nowMs = clock.millis();
        if (nowMs - intervalStartMs >= INTERVAL_MS) {
            if (seen > MAX_PER_INTERVAL) {
                LOG.warn("{} more conflicts were not logged", seen - MAX_PER_INTERVAL);
            }
            intervalStartMs = nowMs;
            seen = 0;
        }
        seen++;
        if (seen > MAX_PER_INTERVAL) {
            return false;
        }
        LOG.warn(
                "The {} at {}@{} has the identity of an earlier one and another payload; the first counts: account '{}', source '{}', id '{}'",
                event.name(),
                source,
                offset,
                event.account(),
                event.source(),
                event.id());
        return true;
    }
}
