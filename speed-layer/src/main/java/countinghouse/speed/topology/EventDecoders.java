package countinghouse.speed.topology;

import countinghouse.metering.event.AvroEvents;
import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;

/** Decodes the records of every event topic. Not thread-safe: one per task. */
final class EventDecoders {
    private record TypeDecoder(EventDecoder decoder, AvroEvents events, PayloadDigest digest) {}

    /** An event, and the digest of its payload. */
    record Decoded(Event event, int payloadDigest) {}

    private final Map<String, TypeDecoder> byTopic = new HashMap<>();

    EventDecoders(SchemaRegistry registry) {
        for (EventType type : EventType.values()) {
            byTopic.put(
                    type.topic(),
                    new TypeDecoder(new EventDecoder(registry, type), new AvroEvents(type), new PayloadDigest(type)));
        }
    }

    /**
     * The event in a record's value.
     *
     * @throws countinghouse.schemas.registry.UndecodableException if there is none
     * @throws countinghouse.schemas.registry.RegistryException if the registry cannot be asked
     */
    Decoded decode(String topic, byte[] value) {
        TypeDecoder type = byTopic.get(topic);
        SpecificRecordBase record = type.decoder().decode(value);
        return new Decoded(type.events().event(record), type.digest().of(record));
    }
}
