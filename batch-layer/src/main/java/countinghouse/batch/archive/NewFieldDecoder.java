package countinghouse.batch.archive;

import countinghouse.metering.row.Decimals;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.ConfluentFraming;
import countinghouse.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Reads the fields that this build's schema lacks and the archive table has. Costs a second decoding of those events only. */
final class NewFieldDecoder {
    private final SchemaRegistry registry;
    private final EventType type;
    private final org.apache.iceberg.Schema columns;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    NewFieldDecoder(SchemaRegistry registry, EventType type, org.apache.iceberg.Schema columns) {
        this.registry = registry;
        this.type = type;
        this.columns = columns;
    }

    /** Fills the row's columns of such fields, from a framed value that is known to be an event. */
    void fill(org.apache.iceberg.data.GenericRecord row, byte[] framed) {
        GenericDatumReader<GenericRecord> reader =
                readers.computeIfAbsent(ConfluentFraming.schemaId(framed), this::readerOf);
        if (reader.getExpected().getFields().isEmpty()) {
            return;
        }
        int start = ConfluentFraming.HEADER_BYTES;
        try {
            GenericRecord fields =
                    reader.read(null, DecoderFactory.get().binaryDecoder(framed, start, framed.length - start, null));
            for (Schema.Field field : reader.getExpected().getFields()) {
                Object value = fields.get(field.pos());
                if (value != null) {
                    row.setField(
                            field.name(),
                            converted(
                                    value,
                                    field.schema(),
                                    columns.findField(field.name()).type()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot decode an event of %s a second time".formatted(type.topic()), e);
        }
    }

    private GenericDatumReader<GenericRecord> readerOf(int schemaId) {
        Schema writer = registry.byId(schemaId);
        List<Schema.Field> wanted = NewFields.of(type, writer).stream()
                .filter(field -> columns.findField(field.name()) != null)
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        Schema projection = Schema.createRecord(writer.getName(), null, writer.getNamespace(), false, wanted);
        return new GenericDatumReader<>(writer, projection);
    }

    private static Object converted(Object value, Schema schema, Type column) {
        if (column.typeId() == Type.TypeID.STRING) {
            return value.toString();
        }
        if (column.typeId() == Type.TypeID.LONG) {
            return ((Number) value).longValue();
        }
        if (column.typeId() == Type.TypeID.DOUBLE) {
            return ((Number) value).doubleValue();
        }
        if (column instanceof Types.DecimalType decimal) {
            return new BigDecimal(new BigInteger(bytes((ByteBuffer) value)), scaleOf(schema))
                    .setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        }
        return value;
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    private static int scaleOf(Schema schema) {
        Schema plain = schema.getType() != Schema.Type.UNION
                ? schema
                : schema.getTypes().stream()
                        .filter(option -> option.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow();
        return plain.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : Decimals.SCALE;
    }
}
