package countinghouse.ingestion.collector;

import countinghouse.ingestion.quarantine.QuarantineRecords;
import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.tracing.Tracing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Takes the events of a request in: the valid ones to their topics, the others to the quarantine, all acknowledged or none claimed. */
final class Intake {
    private final EventMapper mapper;
    private final EventRecords records;
    private final QuarantineRecords quarantine;
    private final EventLog log;
    private final IngestMetrics metrics;
    private final Tracing tracing;
    private final Clock clock;

    Intake(
            EventMapper mapper,
            EventRecords records,
            QuarantineRecords quarantine,
            EventLog log,
            IngestMetrics metrics,
            Tracing tracing,
            Clock clock) {
        this.mapper = mapper;
        this.records = records;
        this.quarantine = quarantine;
        this.log = log;
        this.metrics = metrics;
        this.tracing = tracing;
        this.clock = clock;
    }

    /**
     * Where a request came from.
     *
     * @param correlationId that the producer named, null if it named none
     * @param network stored form of the peer's network
     * @param traceparent W3C trace context of the request, null if none
     * @param key the API key that it came with; empty if it came with a token, which may send anything
     */
    record Origin(String correlationId, String network, String traceparent, Optional<ApiKey> key) {}

    /** What became of a request whose every record was acknowledged. */
    record Outcome(int stored, List<RejectedEvent> rejected) {}

    /** Stores and quarantines; fails with {@link LogUnavailableException} if any record is not known to be stored. */
    CompletableFuture<Outcome> take(List<ReceivedEvent> received, Origin origin) {
        long receivedAtMs = clock.millis();
        AcceptedEvents accepted = new AcceptedEvents();
        List<RejectedEvent> rejected = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> appended = new ArrayList<>(received.size());
        EventRecords.OfRequest made = records.ofRequest(origin.correlationId());
        PublishSpans spans = new PublishSpans(tracing);
        for (ReceivedEvent event : received) {
            try {
                MappedEvent mapped = mapper.map(event, receivedAtMs, origin.network());
                origin.key().ifPresent(key -> KeyBinding.require(key, mapped));
                accepted.add(mapped);
                made.add(mapped, spans.carry(mapped, origin.traceparent()), appended);
            } catch (InvalidEventException e) {
                RejectedEvent refused = new RejectedEvent(event, e.violation());
                rejected.add(refused);
                appended.add(quarantined(refused, receivedAtMs));
            }
        }
        return log.append(appended).whenComplete(spans::ended).thenApply(stored -> {
            metrics.accepted(accepted);
            rejected.forEach(metrics::quarantined);
            return new Outcome(accepted.count(), List.copyOf(rejected));
        });
    }

    /** Quarantines a body that holds no readable event. */
    CompletableFuture<Outcome> refuse(RejectedEvent body) {
        return log.append(List.of(quarantined(body, clock.millis()))).thenApply(stored -> {
            metrics.quarantined(body);
            return new Outcome(0, List.of(body));
        });
    }

    private ProducerRecord<byte[], byte[]> quarantined(RejectedEvent rejected, long receivedAtMs) {
        return quarantine.record(
                rejected.violation(),
                rejected.source(),
                rejected.account(),
                rejected.event().text(),
                receivedAtMs);
    }
}
