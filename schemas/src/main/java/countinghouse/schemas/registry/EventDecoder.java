package countinghouse.schemas.registry;

import countinghouse.schemas.EventType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/** Decodes values of one event topic, whatever version of the schema wrote them. Not thread-safe: one per thread. */
public final class EventDecoder {
    static {
        AvroLimits.set();
    }

    private final SchemaRegistry registry;
    private final Schema readerSchema;
    private final Map<Integer, SpecificDatumReader<SpecificRecordBase>> readers = new HashMap<>();
    private BinaryDecoder decoder;

    public EventDecoder(SchemaRegistry registry, EventType type) {
        this.registry = registry;
        this.readerSchema = type.schema();
    }

    /**
     * The event in a framed value.
     *
     * @throws UndecodableException if the value is not Avro of a registered schema
     * @throws RegistryException if the registry cannot be reached; the value may be perfectly good
     */
    public SpecificRecordBase decode(byte[] framed) {
        SpecificDatumReader<SpecificRecordBase> reader = readerOf(ConfluentFraming.schemaId(framed));
        int start = ConfluentFraming.HEADER_BYTES;
        decoder = DecoderFactory.get().binaryDecoder(framed, start, framed.length - start, decoder);
        try {
            SpecificRecordBase event = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException("value has bytes after its end");
            }
            return event;
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Avro answers damaged bytes with many kinds of exceptions (an empty decimal with a NumberFormatException),
            // and
            // whatever escaped from here would stop counting at this record for ever.
            throw new UndecodableException(
                    "value is not an Avro record of %s".formatted(readerSchema.getFullName()), e);
        }
    }

    private SpecificDatumReader<SpecificRecordBase> readerOf(int schemaId) {
        SpecificDatumReader<SpecificRecordBase> reader = readers.get(schemaId);
        if (reader == null) {
            reader = new SpecificDatumReader<>(registry.byId(schemaId), readerSchema);
            readers.put(schemaId, reader);
        }
        return reader;
    }
}
