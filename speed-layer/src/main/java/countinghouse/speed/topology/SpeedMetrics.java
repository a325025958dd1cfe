package countinghouse.speed.topology;

import countinghouse.schemas.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counters of the counting itself. They restart with the process; exact figures are in the rows. */
public final class SpeedMetrics {
    private final Map<Outcome, Counter> records = new EnumMap<>(Outcome.class);
    private final Map<EventType, Counter> conflicts = new EnumMap<>(EventType.class);
    private final Counter missing;
    private final Counter rowsFlushed;

    public SpeedMetrics(MeterRegistry registry) {
        for (Outcome outcome : Outcome.values()) {
            records.put(
                    outcome,
                    Counter.builder("countinghouse.speed.records")
                            .description("Records of the event topics, by what became of them")
                            .tag("outcome", outcome.tag())
                            .register(registry));
        }
        for (EventType type : EventType.values()) {
            conflicts.put(
                    type,
                    Counter.builder("countinghouse.speed.conflicts")
                            .description("Records with the identity of an earlier one and another payload, by type")
                            .tag("type", type.slug())
                            .register(registry));
        }
        missing = Counter.builder("countinghouse.speed.records.missing")
                .description("Records that the log no longer had, or that the state never saw")
                .register(registry);
        rowsFlushed = Counter.builder("countinghouse.speed.rows.flushed")
                .description("Count rows written to the counts topic")
                .register(registry);
    }

    void processed(Outcome outcome) {
        records.get(outcome).increment();
    }

    void conflict(EventType type) {
        conflicts.get(type).increment();
    }

    void missed(long count) {
        missing.increment(count);
    }

    void flushed(int rows) {
        rowsFlushed.increment(rows);
    }
}
