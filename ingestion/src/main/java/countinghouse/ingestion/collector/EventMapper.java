package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.rules.EventRules;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.ViewEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Maps a CloudEvent in JSON to the generated record of its type and judges it by metering's rules at the time of receipt. Members of
 * {@code data} that the type does not know are left out. Thread-safe.
 */
final class EventMapper {
    /** An event may have at most this many bytes, so that any form of it fits into one Kafka record. */
    static final int MAX_EVENT_LENGTH = 128 * 1024;

    private static final Map<EventType, Set<String>> STATES = Map.of(
            EventType.TICKET,
                    Set.of(
                            "created",
                            "held",
                            "hold_expired",
                            "paid",
                            "released",
                            "called",
                            "served",
                            "no_show",
                            "cancelled",
                            "transferred"),
            EventType.JOB,
                    Set.of(
                            "submitted",
                            "queued",
                            "started",
                            "succeeded",
                            "failed",
                            "retried",
                            "dead_lettered",
                            "rejected",
                            "wait_timed_out"));
    private static final String CLIENT_NETWORK = "client_network";

    private final EventRules rules;
    private final Map<EventType, AvroEvents> events = new EnumMap<>(EventType.class);

    EventMapper(EventRules rules) {
        this.rules = rules;
        for (EventType type : EventType.values()) {
            events.put(type, new AvroEvents(type));
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
        SpecificRecordBase record = record(type, envelope, data, peerNetwork);
        requireValid(type, record, receivedAtMs);
        List<AdEvent> ads = record instanceof ViewEvent view ? ViewAds.explode(view, data) : List.of();
        ads.forEach(ad -> requireValid(EventType.AD, ad, receivedAtMs));
        return new MappedEvent(
                type, envelope.type(), envelope.source(), envelope.account(), record, ads, envelope.traceparent());
    }

    private void requireValid(EventType type, SpecificRecordBase record, long receivedAtMs) {
        rules.violation(events.get(type).event(record), receivedAtMs).ifPresent(violation -> {
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

    private static SpecificRecordBase record(EventType type, Envelope envelope, JsonNode data, String peerNetwork) {
        SpecificRecordBase record = (SpecificRecordBase) SpecificData.get().newRecord(null, type.schema());
        record.put(0, envelope.id());
        record.put(1, envelope.source());
        record.put(2, envelope.account());
        record.put(3, envelope.occurredAtMs());
        record.put(4, envelope.stamped());
        for (Schema.Field field : type.dataFields()) {
            record.put(field.pos(), value(type, envelope, data, field, peerNetwork));
        }
        return record;
    }

    private static Object value(
            EventType type, Envelope envelope, JsonNode data, Schema.Field field, String peerNetwork) {
        if (type == EventType.CUSTOM) {
            return field.name().equals("type") ? envelope.type() : CustomData.flatten(data);
        }
        if (STATES.containsKey(type) && field.name().equals("state")) {
            return stateOf(type, envelope.type());
        }
        if (field.name().equals(CLIENT_NETWORK)) {
            return networkOf(data, peerNetwork);
        }
        return DataFields.read(data, field, field.name());
    }

    private static String stateOf(EventType type, String cloudEventType) {
        String state = cloudEventType.substring(cloudEventType.indexOf('.') + 1);
        if (!STATES.get(type).contains(state)) {
            throw new InvalidEventException(
                    "state",
                    "type",
                    "'type' is '%s'; the states are %s"
                            .formatted(
                                    cloudEventType,
                                    STATES.get(type).stream().sorted().toList()));
        }
        return state;
    }

    /** A producer that forwards may name the client's network in the stored form; anything else could be a raw address. */
    private static String networkOf(JsonNode data, String peerNetwork) {
        String given = data.path(CLIENT_NETWORK).asText("");
        return ClientNetworks.isStoredForm(given) ? given : peerNetwork;
    }
}
