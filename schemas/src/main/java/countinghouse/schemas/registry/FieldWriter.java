package countinghouse.schemas.registry;

import java.io.IOException;
import java.math.BigDecimal;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.LogicalTypes.Decimal;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes the value of one field. Avro's writer asks of every value of every event which branch and which conversion is meant; here it is
 * decided once, when the schema is known.
 */
@FunctionalInterface
interface FieldWriter {
    void write(Object value, BinaryEncoder encoder) throws IOException;

    /** The writer of a field of that schema, whose values are of the classes that Avro generates. */
    static FieldWriter of(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> (value, encoder) -> encoder.writeString((String) value);
            case BOOLEAN -> (value, encoder) -> encoder.writeBoolean((Boolean) value);
            case INT -> (value, encoder) -> encoder.writeInt((Integer) value);
            case LONG -> (value, encoder) -> encoder.writeLong((Long) value);
            case BYTES -> decimal(schema);
            case UNION -> optional(schema);
            default -> new SpecificDatumWriter<>(schema)::write;
        };
    }

    private static FieldWriter decimal(Schema schema) {
        if (!(schema.getLogicalType() instanceof Decimal decimal)) {
            throw new IllegalStateException("No event schema has a field of plain bytes");
        }
        DecimalConversion conversion = new DecimalConversion();
        return (value, encoder) -> encoder.writeBytes(conversion.toBytes((BigDecimal) value, schema, decimal));
    }

    private static FieldWriter optional(Schema union) {
        if (union.getTypes().size() != 2 || union.getTypes().get(0).getType() != Schema.Type.NULL) {
            throw new IllegalStateException("Every union in an event schema is of null and one other type");
        }
        FieldWriter present = of(union.getTypes().get(1));
        return (value, encoder) -> {
            if (value == null) {
                encoder.writeIndex(0);
            } else {
                encoder.writeIndex(1);
                present.write(value, encoder);
            }
        };
    }
}
