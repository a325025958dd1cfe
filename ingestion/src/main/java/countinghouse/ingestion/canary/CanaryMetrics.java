package countinghouse.ingestion.canary;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a canary found, by type: the delay of the last event that was counted, when that was, and what went wrong how often. */
final class CanaryMetrics {
    private static final double MS_PER_SECOND = 1000;

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<CanaryEvent, AtomicLong> delaysMs = new EnumMap<>(CanaryEvent.class);
    private final Map<CanaryEvent, AtomicLong> countedAtMs = new EnumMap<>(CanaryEvent.class);

    CanaryMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        for (CanaryEvent event : CanaryEvent.values()) {
            AtomicLong delayMs = new AtomicLong();
            Gauge.builder("countinghouse_canary_delay_seconds", delayMs, CanaryMetrics::seconds)
                    .tag("type", event.slug())
                    .register(registry);
            delaysMs.put(event, delayMs);
            // From the start on, so that a canary that never sees an event is as absent as one that no longer does.
            AtomicLong countedMs = new AtomicLong(clock.millis());
            Gauge.builder("countinghouse_canary_counted_timestamp_seconds", countedMs, CanaryMetrics::seconds)
                    .tag("type", event.slug())
                    .register(registry);
            countedAtMs.put(event, countedMs);
        }
    }

    private static double seconds(AtomicLong ms) {
        return ms.get() / MS_PER_SECOND;
    }

    /** The event was counted, by one. */
    void counted(CanaryEvent event, Duration delay) {
        delaysMs.get(event).set(delay.toMillis());
        countedAtMs.get(event).set(clock.millis());
    }

    /** The event was not, or the count is wrong. */
    void failed(CanaryEvent event, CanaryResult result) {
        registry.counter("countinghouse_canary_failures_total", "type", event.slug(), "reason", result.label())
                .increment();
    }
}
