package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** How the record of one event type is filled from a CloudEvent; where each field comes from is decided once. Thread-safe. */
final class RecordMapping {
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

    private final EventType type;
    private final List<Filling> fillings;

    RecordMapping(EventType type) {
        this.type = type;
        this.fillings = type.dataFields().stream()
                .map(field -> new Filling(field.pos(), source(field)))
                .toList();
    }

    private interface Source {
        Object value(Envelope envelope, JsonNode data, String peerNetwork);
    }

    private record Filling(int position, Source source) {}

    /**
     * The record of an event.
     *
     * @param peerNetwork stored form of the network that the request came from
     * @throws InvalidEventException if the type has no such state, or a member of the data is absent or of another type
     */
    SpecificRecordBase record(Envelope envelope, JsonNode data, String peerNetwork) {
        SpecificRecordBase record = empty();
        record.put(0, envelope.id());
        record.put(1, envelope.source());
        record.put(2, envelope.account());
        record.put(3, envelope.occurredAtMs());
        record.put(4, envelope.stamped());
        for (Filling filling : fillings) {
            record.put(filling.position, filling.source.value(envelope, data, peerNetwork));
        }
        return record;
    }

    private SpecificRecordBase empty() {
        return switch (type) {
            case VIEW -> new ViewEvent();
            case AD -> new AdEvent();
            case TICKET -> new TicketEvent();
            case JOB -> new JobEvent();
            case CUSTOM -> new CustomEvent();
        };
    }

    private Source source(Schema.Field field) {
        if (type == EventType.CUSTOM) {
            return field.name().equals("type")
                    ? (envelope, data, network) -> envelope.type()
                    : (envelope, data, network) -> CustomData.flatten(data);
        }
        if (STATES.containsKey(type) && field.name().equals("state")) {
            Set<String> states = STATES.get(type);
            return (envelope, data, network) -> stateOf(states, envelope.type());
        }
        if (field.name().equals(CLIENT_NETWORK)) {
            return (envelope, data, network) -> networkOf(data, network);
        }
        DataField read = new DataField(field);
        return (envelope, data, network) -> read.read(data);
    }

    private static String stateOf(Set<String> states, String cloudEventType) {
        String state = cloudEventType.substring(cloudEventType.indexOf('.') + 1);
        if (!states.contains(state)) {
            throw new InvalidEventException(
                    "state",
                    "type",
                    "'type' is '%s'; the states are %s"
                            .formatted(cloudEventType, states.stream().sorted().toList()));
        }
        return state;
    }

    /** A producer that forwards may name the client's network in the stored form; anything else could be a raw address. */
    private static String networkOf(JsonNode data, String peerNetwork) {
        String given = data.path(CLIENT_NETWORK).asText("");
        return ClientNetworks.isStoredForm(given) ? given : peerNetwork;
    }
}
