package countinghouse.fault.oracle;

import countinghouse.schemas.registry.SchemaRegistry;
import countinghouse.schemas.registry.UndecodableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Reads records of the event topics with generic Avro and the schema that wrote them, apart from the classes that both layers use. */
final class RawDecoder {
    private static final int HEADER_BYTES = 5;

    private final SchemaRegistry registry;
    private final GenericData data = new GenericData();
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    RawDecoder(SchemaRegistry registry) {
        this.registry = registry;
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.setFastReaderEnabled(false);
    }

    /** The event in a value; empty if there is none. */
    Optional<RawEvent> decode(String topic, byte[] value) {
        if (value == null || value.length < HEADER_BYTES || value[0] != 0) {
            return Optional.empty();
        }
        int schemaId = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        try {
            BinaryDecoder binary =
                    DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
            GenericRecord record = reader(schemaId).read(null, binary);
            return binary.isEnd() ? Optional.of(event(topic, record)) : Optional.empty();
        } catch (UndecodableException | IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private GenericDatumReader<GenericRecord> reader(int schemaId) {
        GenericDatumReader<GenericRecord> reader = readers.get(schemaId);
        if (reader == null) {
            Schema schema = registry.byId(schemaId);
            reader = new GenericDatumReader<>(schema, schema, data);
            readers.put(schemaId, reader);
        }
        return reader;
    }

    private static RawEvent event(String topic, GenericRecord record) {
        Map<String, Object> fields = new TreeMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            put(fields, field.name(), record.get(field.pos()));
        }
        if (record.getSchema().getField("data") != null) {
            ((Map<?, ?>) record.get("data"))
                    .forEach((name, value) -> fields.putIfAbsent(name.toString(), value.toString()));
        }
        return new RawEvent(
                topic,
                name(topic, record),
                record.get("id").toString(),
                record.get("source").toString(),
                record.get("account").toString(),
                (Long) record.get("occurred_at_ms"),
                fields);
    }

    private static void put(Map<String, Object> fields, String name, Object value) {
        if (value instanceof CharSequence text) {
            fields.put(name, text.toString());
        } else if (value != null && !(value instanceof Map)) {
            fields.put(name, value);
        }
    }

    private static String name(String topic, GenericRecord record) {
        return switch (topic) {
            case "events.view" -> "video.view";
            case "events.ad" -> "ad.impression";
            case "events.ticket" -> "ticket." + record.get("state");
            case "events.job" -> "job." + record.get("state");
            default -> record.get("type").toString();
        };
    }
}
