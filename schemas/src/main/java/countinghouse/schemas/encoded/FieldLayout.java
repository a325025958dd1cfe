package countinghouse.schemas.encoded;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * How one field lies in the bytes of a record.
 *
 * @param kind of the value
 * @param nullBranch which branch of the field's union is null; {@link #NEVER_NULL} if it is no union
 * @param scale fractional digits of a decimal; 0 otherwise
 */
record FieldLayout(String name, Kind kind, int nullBranch, int scale) {
    static final int NEVER_NULL = -1;

    /** The kinds of values that event schemas use. */
    enum Kind {
        TEXT,
        INT,
        LONG,
        BOOLEAN,
        DECIMAL,
        TEXT_MAP
    }

    /** The layout of a field; null if its type is none that event schemas use. */
    static FieldLayout of(Schema.Field field) {
        Schema schema = field.schema();
        int nullBranch = NEVER_NULL;
        if (schema.getType() == Schema.Type.UNION) {
            Integer index = schema.getIndexNamed("null");
            if (schema.getTypes().size() != 2 || index == null) {
                return null;
            }
            nullBranch = index;
            schema = schema.getTypes().get(1 - nullBranch);
        }
        Kind kind = kindOf(schema);
        int scale = kind == Kind.DECIMAL ? ((LogicalTypes.Decimal) schema.getLogicalType()).getScale() : 0;
        return kind == null ? null : new FieldLayout(field.name(), kind, nullBranch, scale);
    }

    private static Kind kindOf(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> Kind.TEXT;
            case INT -> Kind.INT;
            case LONG -> Kind.LONG;
            case BOOLEAN -> Kind.BOOLEAN;
            case BYTES -> schema.getLogicalType() instanceof LogicalTypes.Decimal ? Kind.DECIMAL : null;
            case MAP -> schema.getValueType().getType() == Schema.Type.STRING ? Kind.TEXT_MAP : null;
            default -> null;
        };
    }
}
