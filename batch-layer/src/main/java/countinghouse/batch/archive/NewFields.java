package countinghouse.batch.archive;

import countinghouse.batch.catalog.RawSchema;
import countinghouse.metering.row.Decimals;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fields that producers' schemas have and this build's lack. They are archived; this build counts by none of them. */
final class NewFields {
    private static final Logger LOG = LoggerFactory.getLogger(NewFields.class);

    private NewFields() {}

    /** The columns of such fields in any of some schemas, the newest last; one without a column type is left out and said. */
    static List<Types.NestedField> columns(EventType type, List<Schema> versions) {
        Map<String, Types.NestedField> columns = new LinkedHashMap<>();
        for (Schema version : versions) {
            for (Schema.Field field : of(type, version)) {
                Optional<Type> column = columnType(field.schema());
                if (column.isPresent()) {
                    columns.put(field.name(), Types.NestedField.optional(1, field.name(), column.get()));
                } else {
                    LOG.warn("The archive has no column for the field {} of {}", field.name(), type.topic());
                }
            }
        }
        return new ArrayList<>(columns.values());
    }

    /** Those of one schema. */
    static List<Schema.Field> of(EventType type, Schema version) {
        Set<String> taken = RawSchema.of(type).columns().stream()
                .map(Types.NestedField::name)
                .collect(Collectors.toSet());
        return version.getType() != Schema.Type.RECORD
                ? List.of()
                : version.getFields().stream()
                        .filter(field -> type.schema().getField(field.name()) == null && !taken.contains(field.name()))
                        .toList();
    }

    private static Optional<Type> columnType(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> {
                List<Schema> options = schema.getTypes().stream()
                        .filter(option -> option.getType() != Schema.Type.NULL)
                        .toList();
                yield options.size() == 1 ? columnType(options.get(0)) : Optional.empty();
            }
            case STRING, ENUM -> Optional.of(Types.StringType.get());
            case INT -> Optional.of(Types.IntegerType.get());
            case LONG -> Optional.of(Types.LongType.get());
            case FLOAT, DOUBLE -> Optional.of(Types.DoubleType.get());
            case BOOLEAN -> Optional.of(Types.BooleanType.get());
            case BYTES ->
                Optional.of(
                        isDecimal(schema)
                                ? Types.DecimalType.of(Decimals.SUM_PRECISION, Decimals.SCALE)
                                : Types.BinaryType.get());
            default -> Optional.empty();
        };
    }

    private static boolean isDecimal(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && decimal.getScale() <= Decimals.SCALE;
    }
}
