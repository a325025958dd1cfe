package countinghouse.speed.projector;

import countinghouse.speed.epoch.Epoch;
import countinghouse.speed.epoch.EpochLog;
import java.time.Clock;
import java.time.Duration;

/** The epoch whose rows are projected, and whether a newer one has begun since. */
final class CurrentEpoch {
    private static final long FIRST = 1;
    private static final long LOOK_INTERVAL_MS = Duration.ofSeconds(5).toMillis();

    private final ProjectorConfig config;
    private final Clock clock;
    private final long number;
    private long lookedMs;

    /**
     * Looks the current epoch up.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    CurrentEpoch(ProjectorConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.number = latest();
        this.lookedMs = clock.millis();
    }

    long number() {
        return number;
    }

    boolean isOver() {
        long nowMs = clock.millis();
        if (nowMs - lookedMs < LOOK_INTERVAL_MS) {
            return false;
        }
        lookedMs = nowMs;
        return latest() > number;
    }

    private long latest() {
        return EpochLog.current(config.bootstrapServers()).map(Epoch::number).orElse(FIRST);
    }
}
