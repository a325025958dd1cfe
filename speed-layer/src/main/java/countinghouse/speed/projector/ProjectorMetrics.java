package countinghouse.speed.projector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;

/** What the projector measures. */
final class ProjectorMetrics {
    private static final Duration[] FRESHNESS_BOUNDS = {
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(400),
        Duration.ofMillis(800),
        Duration.ofMillis(1600),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final Counter rowsWritten;
    private final Timer freshness;
    private final Counter repairedRows;
    private final Counter sweeps;

    ProjectorMetrics(MeterRegistry registry, ProjectorState state, Clock clock) {
        rowsWritten = Counter.builder("countinghouse.projector.rows")
                .description("Count rows written to Redis")
                .register(registry);
        repairedRows = Counter.builder("countinghouse.projector.sweep.differences")
                .description("Rows that Redis held differently from the counts topic, found and repaired by the sweep")
                .register(registry);
        sweeps = Counter.builder("countinghouse.projector.sweeps")
                .description("Complete comparisons of Redis with the counts topic")
                .register(registry);
        freshness = Timer.builder("countinghouse.projector.freshness")
                .description("From the append of the newest event that a commit counts to its rows in Redis")
                .serviceLevelObjectives(FRESHNESS_BOUNDS)
                .register(registry);
        Gauge.builder("countinghouse.projector.lag", state, ProjectorState::lag)
                .description("Records of the counts topic that are not in Redis yet")
                .register(registry);
        Gauge.builder("countinghouse.projector.lag.seconds", state, known -> known.lagSeconds(clock.millis()))
                .description("Time since Redis held everything that was committed; 0 while it does")
                .register(registry);
        Gauge.builder(
                        "countinghouse.projector.oldest.bucket.age.seconds",
                        state,
                        known -> known.oldestBucketAgeSeconds(clock.millis()))
                .description("Age of the oldest ingest bucket that the speed layer must still hold")
                .register(registry);
    }

    void wrote(int rows) {
        rowsWritten.increment(rows);
    }

    void fresh(Duration age) {
        freshness.record(age);
    }

    void swept(long differences) {
        sweeps.increment();
        repairedRows.increment(differences);
    }
}
