package countinghouse.ingestion.collector;

import countinghouse.schemas.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Counters of what the door let in, turned away and could not store. Labels are rule ids and type names, never ids. */
final class IngestMetrics {
    private final MeterRegistry registry;
    private final Counter adsExploded;
    private final Counter unavailable;
    private final Map<EventType, Counter> accepted = new EnumMap<>(EventType.class);

    IngestMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.adsExploded = registry.counter("ingest_ads_exploded_total");
        this.unavailable = registry.counter("ingest_unavailable_total");
        for (EventType type : EventType.values()) {
            accepted.put(type, registry.counter("ingest_events_accepted_total", "type", type.slug()));
        }
    }

    /** A request's events and their ads are stored. */
    void accepted(AcceptedEvents events) {
        accepted.forEach((type, counter) -> {
            if (events.ofType(type) > 0) {
                counter.increment(events.ofType(type));
            }
        });
        if (events.ads() > 0) {
            adsExploded.increment(events.ads());
        }
    }

    /** A refused event is in the quarantine. */
    void quarantined(RejectedEvent event) {
        registry.counter(
                        "ingest_events_quarantined_total",
                        "reason",
                        event.violation().rule())
                .increment();
    }

    /** A request was answered 503. */
    void unavailable() {
        unavailable.increment();
    }
}
