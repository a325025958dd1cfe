package countinghouse.schemas.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes a view as a producer with another version of the schema would. */
public final class OldWriter {
    private OldWriter() {}

    public static byte[] encode(int schemaId, Schema schema) {
        GenericData.Record view = new GenericData.Record(schema);
        view.put("id", "i");
        view.put("source", "s");
        view.put("account", "creator");
        view.put("occurred_at_ms", 5L);
        view.put("occurred_at_stamped", false);
        view.put("video_id", "v");
        view.put("user_id", "u");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<GenericData.Record>(schema).write(view, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A schema as it was before a field was added. */
    public static Schema withoutField(Schema schema, String name) {
        SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record(schema.getName())
                .namespace(schema.getNamespace())
                .fields();
        for (Schema.Field field : schema.getFields()) {
            if (!field.name().equals(name)) {
                fields.name(field.name()).type(field.schema()).noDefault();
            }
        }
        return fields.endRecord();
    }
}
