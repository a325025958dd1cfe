package countinghouse.schemas.registry;

import countinghouse.schemas.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Encodes events of one type for its topic. Not thread-safe: one per thread. */
public final class EventEncoder {
    private final int schemaId;
    private final SpecificDatumWriter<SpecificRecordBase> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private BinaryEncoder encoder;

    /** Registers the type's schema once; every event afterwards costs only its encoding. */
    public EventEncoder(SchemaRegistry registry, EventType type) {
        this.schemaId = registry.register(type.subject(), type.schema());
        this.writer = new SpecificDatumWriter<>(type.schema());
    }

    public byte[] encode(SpecificRecordBase event) {
        bytes.reset();
        ByteBuffer header = ByteBuffer.allocate(ConfluentFraming.HEADER_BYTES);
        ConfluentFraming.writeHeader(header, schemaId);
        bytes.writeBytes(header.array());
        try {
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            writer.write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
