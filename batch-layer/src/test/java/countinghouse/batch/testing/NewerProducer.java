package countinghouse.batch.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.ConfluentFraming;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer of views whose schema has optional fields that this build has never heard of. */
public final class NewerProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final Schema schema;
    private final int schemaId;

    public NewerProducer(String bootstrapServers, String registryUrl) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        schema = widened(EventType.VIEW.schema());
        schemaId = new HttpSchemaRegistry(registryUrl).register(EventType.VIEW.subject(), schema);
    }

    private static Schema widened(Schema known) {
        List<Schema.Field> fields = new ArrayList<>();
        known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(optional("player_version", Schema.create(Schema.Type.STRING)));
        fields.add(optional("bitrate", Schema.create(Schema.Type.LONG)));
        fields.add(optional("price", LogicalTypes.decimal(10, 2).addToSchema(Schema.create(Schema.Type.BYTES))));
        fields.add(optional("devices", Schema.createArray(Schema.create(Schema.Type.STRING))));
        return Schema.createRecord(known.getName(), null, known.getNamespace(), false, fields);
    }

    private static Schema.Field optional(String name, Schema type) {
        Schema union = Schema.createUnion(Schema.create(Schema.Type.NULL), type);
        return new Schema.Field(name, union, null, JsonProperties.NULL_VALUE);
    }

    /** Sends a view; {@code fields} are those that only this producer has. */
    public void send(String id, Map<String, Object> fields) throws Exception {
        GenericRecord view = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            if (field.hasDefaultValue()) {
                view.put(field.name(), GenericData.get().getDefaultValue(field));
            }
        }
        view.put("id", id);
        view.put("source", "newer");
        view.put("account", EventFeed.ACCOUNT);
        view.put(3, System.currentTimeMillis());
        view.put("video_id", "video-1");
        view.put("user_id", "user");
        fields.forEach((name, value) -> view.put(
                name,
                value instanceof BigDecimal decimal
                        ? ByteBuffer.wrap(decimal.unscaledValue().toByteArray())
                        : value));
        producer.send(new ProducerRecord<>(EventType.VIEW.topic(), 0, EventFeed.ACCOUNT.getBytes(UTF_8), encode(view)))
                .get(30, TimeUnit.SECONDS);
    }

    private byte[] encode(GenericRecord view) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(ConfluentFraming.HEADER_BYTES);
        ConfluentFraming.writeHeader(header, schemaId);
        bytes.writeBytes(header.array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(view, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** What the archive has of those fields, for every record of an id. */
    public static List<String> archived(String id) throws IOException {
        List<String> found = new ArrayList<>();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()));
                CloseableIterable<Record> rows = IcebergGenerics.read(catalog.raw(EventType.VIEW))
                        .where(Expressions.equal(RawSchema.EVENT_ID, id))
                        .build()) {
            rows.forEach(row -> found.add("%s %s %s"
                    .formatted(row.getField("player_version"), row.getField("bitrate"), row.getField("price"))));
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
    }
}
