package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** A field of an Avro schema that is read from the member of its name; how, is decided once, when the schema is known. */
final class DataField {
    private final String name;
    private final boolean optional;
    private final Reading reading;

    DataField(Schema.Field field) {
        this.name = field.name();
        this.optional = field.schema().isUnion();
        this.reading = reading(optional ? field.schema().getTypes().get(1) : field.schema());
    }

    private interface Reading {
        Object read(JsonNode value, String path);
    }

    /** As {@link #read(JsonNode, String)}, named in messages as it is in the schema. */
    Object read(JsonNode data) {
        return read(data, name);
    }

    /**
     * The value of the field, in the class that the generated record wants; null if it is optional and absent.
     *
     * @param path the field's name in messages, e.g. {@code ad_views[0].revenue}
     * @throws InvalidEventException if it is required and absent, or of another type
     */
    Object read(JsonNode data, String path) {
        JsonNode value = data.get(name);
        if (value == null || value.isNull()) {
            if (optional) {
                return null;
            }
            throw new InvalidEventException("required", path, "'%s' is required".formatted(path));
        }
        Object read = reading.read(value, path);
        if (!optional && read instanceof String text && text.isBlank()) {
            throw new InvalidEventException("required", path, "'%s' must not be blank".formatted(path));
        }
        return read;
    }

    private static Reading reading(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> DataFields::text;
            case BOOLEAN -> DataFields::bool;
            case INT -> (value, path) -> Math.toIntExact(DataFields.whole(value, path, Integer.MAX_VALUE));
            case LONG -> (value, path) -> DataFields.whole(value, path, Long.MAX_VALUE);
            case BYTES -> decimal(schema);
            default -> throw new IllegalStateException("No event schema has a field of type " + schema);
        };
    }

    private static Reading decimal(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal) {
            return DataFields::decimal;
        }
        throw new IllegalStateException("No event schema has a field of plain bytes");
    }
}
