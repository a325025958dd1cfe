package countinghouse.schemas.registry;

import countinghouse.schemas.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;

/** Encodes events of one type for its topic, in the bytes that Avro's own writer would write. Not thread-safe: one per thread. */
public final class EventEncoder {
    private final byte[] header = new byte[ConfluentFraming.HEADER_BYTES];
    private final FieldWriter[] fields;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    /** Null before the first event, and after one that could not be encoded. */
    private BinaryEncoder encoder;

    /** Registers the type's schema once; every event afterwards costs only its encoding. */
    public EventEncoder(SchemaRegistry registry, EventType type) {
        ConfluentFraming.writeHeader(ByteBuffer.wrap(header), registry.register(type.subject(), type.schema()));
        this.fields = type.schema().getFields().stream()
                .map(Schema.Field::schema)
                .map(FieldWriter::of)
                .toArray(FieldWriter[]::new);
    }

    /**
     * The framed event.
     *
     * @throws org.apache.avro.AvroTypeException if a decimal is beyond its type
     */
    public byte[] encode(SpecificRecordBase event) {
        bytes.reset();
        BinaryEncoder writer = encoder == null ? EncoderFactory.get().binaryEncoder(bytes, null) : encoder;
        // Not used again if this event cannot be encoded: something of it would be left.
        encoder = null;
        try {
            writer.writeFixed(header);
            for (int field = 0; field < fields.length; field++) {
                fields[field].write(event.get(field), writer);
            }
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        encoder = writer;
        return bytes.toByteArray();
    }
}
