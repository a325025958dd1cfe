package countinghouse.speed.topology;

import countinghouse.metering.event.EncodedEvents;
import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import countinghouse.schemas.encoded.EncodedEventDecoder;
import countinghouse.schemas.encoded.EncodedRecord;
import countinghouse.schemas.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;

/** Decodes the records of every event topic. Not thread-safe: one per task. */
final class EventDecoders {
    private record TypeDecoder(EncodedEventDecoder decoder, EncodedEvents events, PayloadDigest digest) {}

    /** An event, to be used up before the next record is decoded, and the digest of its payload. */
    record Decoded(Event event, int payloadDigest) {}

    private final Map<String, TypeDecoder> byTopic = new HashMap<>();

    EventDecoders(SchemaRegistry registry) {
        for (EventType type : EventType.values()) {
            byTopic.put(
                    type.topic(),
                    new TypeDecoder(
                            new EncodedEventDecoder(registry, type), new EncodedEvents(type), new PayloadDigest(type)));
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
        EncodedRecord record = type.decoder().decode(value);
        return new Decoded(type.events().event(record), type.digest().of(record));
    }
}
