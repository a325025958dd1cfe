package countinghouse.schemas.encoded;

import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.ConfluentFraming;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Finds the fields in values of one event topic. It takes and refuses the same values as {@link EventDecoder}; a value of another version of the schema
 * is decoded by that and encoded again, which costs as much as it did before. Not thread-safe.
 */
public final class EncodedEventDecoder {
    private final SchemaRegistry registry;
    private final RecordLayout layout;
    private final EventDecoder otherVersions;
    private final SpecificDatumWriter<SpecificRecordBase> writer;
    /** Per schema id, whether its records lie in bytes as those of this build's schema do. */
    private final Map<Integer, Boolean> isOfLayout = new HashMap<>();

    public EncodedEventDecoder(SchemaRegistry registry, EventType type) {
        this.registry = registry;
        this.layout = RecordLayout.of(type.schema()).orElseThrow();
        this.otherVersions = new EventDecoder(registry, type);
        this.writer = new SpecificDatumWriter<>(type.schema());
    }

    /**
     * The record in a framed value.
     *
     * @throws countinghouse.schemas.registry.UndecodableException if the value is not Avro of a registered schema
     * @throws countinghouse.schemas.registry.RegistryException if the registry cannot be reached; the value may be perfectly good
     */
    public EncodedRecord decode(byte[] framed) {
        int schemaId = ConfluentFraming.schemaId(framed);
        Boolean known = isOfLayout.get(schemaId);
        if (known == null) {
            known = RecordLayout.of(registry.byId(schemaId))
                    .filter(layout::equals)
                    .isPresent();
            isOfLayout.put(schemaId, known);
        }
        return known
                ? EncodedRecord.find(layout, framed, ConfluentFraming.HEADER_BYTES)
                : EncodedRecord.find(layout, encode(otherVersions.decode(framed)), 0);
    }

    private byte[] encode(SpecificRecordBase record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
