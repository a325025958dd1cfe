package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.event.Event;
import countinghouse.metering.rules.EventRules;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.ViewEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Maps a CloudEvent in JSON to the generated record of its type and judges it by metering's rules at the time of receipt. Members of
 * {@code data} that the type does not know are left out. Thread-safe.
 */
final class EventMapper {
    /** An event may have at most this many bytes, so that any form of it fits into one Kafka record. */
    static final int MAX_EVENT_LENGTH = 128 * 1024;

    private final EventRules rules;
    private final Map<EventType, AvroEvents> events = new EnumMap<>(EventType.class);
    private final Map<EventType, RecordMapping> mappings = new EnumMap<>(EventType.class);

    EventMapper(EventRules rules) {
        this.rules = rules;
        for (EventType type : EventType.values()) {
            events.put(type, new AvroEvents(type));
            mappings.put(type, new RecordMapping(type));
        }
    }

    /**
     * The event as it will be stored.
     *
     * @param peerNetwork stored form of the network that the request came from
     * @throws InvalidEventException if it breaks a rule; nothing of it is stored then, none of its ads either
     */
    MappedEvent map(ReceivedEvent received, long receivedAtMs, String peerNetwork) {
        if (received.length() > MAX_EVENT_LENGTH) {
            throw new InvalidEventException(
                    "size",
                    null,
                    "The event has %d bytes; at most %d are allowed".formatted(received.length(), MAX_EVENT_LENGTH));
        }
        Envelope envelope = Envelope.read(received.json(), receivedAtMs);
        EventType type = EventType.ofCloudEventType(envelope.type());
        JsonNode data = dataOf(received.json(), type);
        SpecificRecordBase record = mappings.get(type).record(envelope, data, peerNetwork);
        requireValid(events.get(type).event(record, envelope.type()), receivedAtMs);
        List<AdEvent> ads = record instanceof ViewEvent view ? ViewAds.explode(view, data) : List.of();
        ads.forEach(ad -> requireValid(events.get(EventType.AD).event(ad), receivedAtMs));
        return new MappedEvent(
                type, envelope.type(), envelope.source(), envelope.account(), record, ads, envelope.traceparent());
    }

    private void requireValid(Event event, long receivedAtMs) {
        rules.violation(event, receivedAtMs).ifPresent(violation -> {
            throw new InvalidEventException(violation);
        });
    }

    private static JsonNode dataOf(JsonNode event, EventType type) {
        JsonNode data = EventData.of(event);
        if (data.isObject()) {
            return data;
        }
        if (type == EventType.CUSTOM && (data.isMissingNode() || data.isNull())) {
            return JsonNodeFactory.instance.objectNode();
        }
        throw new InvalidEventException("required", "data", "'data' is required and must be a JSON object");
    }
}
