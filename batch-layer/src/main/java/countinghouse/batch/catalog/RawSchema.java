package countinghouse.batch.catalog;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.Decimals;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The columns of {@code raw.<type>}: where the record lay, what it is, then the type's own data. */
public final class RawSchema {
    public static final String KIND = "kind";
    public static final String TOPIC_ID = "topic_id";
    public static final String SOURCE_PARTITION = "source_partition";
    public static final String KAFKA_OFFSET = "kafka_offset";
    public static final String APPEND_TIME = "append_time";
    public static final String INGEST_BUCKET = "ingest_bucket";
    public static final String INGEST_DAY = "ingest_day";
    public static final String SCHEMA_ID = "schema_id";
    public static final String IDENTITY = "identity";
    public static final String RAW_VALUE = "raw_value";
    public static final String EVENT_ID = "event_id";
    public static final String SOURCE = "source";
    public static final String ACCOUNT = "account";
    public static final String OCCURRED_AT = "occurred_at";
    public static final String OCCURRED_AT_STAMPED = "occurred_at_stamped";

    private RawSchema() {}

    public static Schema of(EventType type) {
        List<Types.NestedField> columns = new ArrayList<>(List.of(
                required(1, KIND, Types.StringType.get(), "event, tick or undecodable"),
                required(2, TOPIC_ID, Types.StringType.get()),
                required(3, SOURCE_PARTITION, Types.IntegerType.get()),
                required(4, KAFKA_OFFSET, Types.LongType.get()),
                required(5, APPEND_TIME, Types.TimestampType.withZone()),
                required(6, INGEST_BUCKET, Types.TimestampType.withZone(), "start of the ingest bucket"),
                required(7, INGEST_DAY, Types.DateType.get(), "day of the ingest bucket"),
                optional(8, SCHEMA_ID, Types.IntegerType.get()),
                optional(9, IDENTITY, Types.FixedType.ofLength(Identity.BYTES)),
                optional(10, RAW_VALUE, Types.BinaryType.get(), "bytes of an undecodable record"),
                optional(11, EVENT_ID, Types.StringType.get()),
                optional(12, SOURCE, Types.StringType.get()),
                optional(13, ACCOUNT, Types.StringType.get()),
                optional(14, OCCURRED_AT, Types.TimestampType.withZone()),
                optional(15, OCCURRED_AT_STAMPED, Types.BooleanType.get())));
        int id = columns.size();
        for (org.apache.avro.Schema.Field field : type.dataFields()) {
            // The ids inside a map follow every column's; the catalog assigns its own anyway.
            columns.add(optional(++id, field.name(), typeOf(field.schema(), 1_000 + 2 * id)));
        }
        return new Schema(columns);
    }

    static PartitionSpec partitioning(Schema schema) {
        return PartitionSpec.builderFor(schema)
                .identity(INGEST_DAY)
                .identity(SOURCE_PARTITION)
                .build();
    }

    /** Adds the columns of data fields that a newer build's schema has gained. */
    static void widen(Table table, EventType type) {
        widen(table, of(type).columns());
    }

    /** Adds the columns that the table lacks; a column of 32 bits is widened to 64 if that is wanted now. */
    static void widen(Table table, List<Types.NestedField> wanted) {
        UpdateSchema update = table.updateSchema();
        boolean changed = false;
        for (Types.NestedField column : wanted) {
            Types.NestedField there = table.schema().findField(column.name());
            if (there == null) {
                update.addColumn(column.name(), column.type());
                changed = true;
            } else if (there.type().typeId() == Type.TypeID.INTEGER
                    && column.type().typeId() == Type.TypeID.LONG) {
                update.updateColumn(column.name(), Types.LongType.get());
                changed = true;
            }
        }
        if (changed) {
            update.commit();
        }
    }

    private static Type typeOf(org.apache.avro.Schema schema, int nestedId) {
        return switch (schema.getType()) {
            case UNION ->
                typeOf(
                        schema.getTypes().stream()
                                .filter(option -> option.getType() != org.apache.avro.Schema.Type.NULL)
                                .findFirst()
                                .orElseThrow(),
                        nestedId);
            case STRING -> Types.StringType.get();
            case INT -> Types.IntegerType.get();
            case LONG -> Types.LongType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case BYTES -> Types.DecimalType.of(Decimals.SUM_PRECISION, Decimals.SCALE);
            case MAP ->
                Types.MapType.ofRequired(
                        nestedId, nestedId + 1, Types.StringType.get(), typeOf(schema.getValueType(), nestedId));
            default ->
                throw new IllegalArgumentException("The archive has no column type for Avro %s".formatted(schema));
        };
    }
}
