package countinghouse.batch.catalog;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.parquet.ParquetValueReader;
import org.apache.iceberg.parquet.ParquetValueReaders;
import org.apache.iceberg.parquet.ParquetValueReaders.StructReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Reads rows of the archive into arrays; columns that have no quicker way are read as Iceberg reads them. */
final class RowReader extends StructReader<Object[], Object[]> {
    private final int width;
    /** Iceberg's reader of a single column makes a record of it; whether a value is one is slow to ask of each. */
    private final boolean[] isRecord;

    private RowReader(List<ParquetValueReader<?>> columns) {
        super(columns);
        this.width = columns.size();
        this.isRecord = new boolean[width];
        for (int column = 0; column < width; column++) {
            isRecord[column] = columns.get(column) instanceof StructReader<?, ?>;
        }
    }

    static RowReader of(Schema projection, MessageType fileSchema) {
        List<ParquetValueReader<?>> columns = new ArrayList<>();
        for (NestedField field : projection.columns()) {
            columns.add(column(field, fileSchema));
        }
        return new RowReader(columns);
    }

    private static ParquetValueReader<?> column(NestedField field, MessageType fileSchema) {
        for (Type type : fileSchema.getFields()) {
            if (type.getId() != null && type.getId().intValue() == field.fieldId()) {
                return column(field, fileSchema, type);
            }
        }
        return ParquetValueReaders.nulls();
    }

    private static ParquetValueReader<?> column(NestedField field, MessageType fileSchema, Type type) {
        return switch (field.type().typeId()) {
            case STRING -> new TextColumn(descriptor(fileSchema, type));
            case TIMESTAMP -> new InstantColumn(descriptor(fileSchema, type));
            case FIXED -> new IdentityColumn(descriptor(fileSchema, type));
            case INTEGER -> new IntegerColumn(descriptor(fileSchema, type));
            case LONG -> isOf64Bits(type) ? new LongColumn(descriptor(fileSchema, type)) : asIceberg(field, fileSchema);
            case DECIMAL ->
                isOf16Bytes(type)
                        ? new DecimalColumn(descriptor(fileSchema, type), ((Types.DecimalType) field.type()).scale())
                        : asIceberg(field, fileSchema);
            default -> asIceberg(field, fileSchema);
        };
    }

    /** A column of 32 bits may have been widened since. */
    private static boolean isOf64Bits(Type type) {
        return type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    }

    private static boolean isOf16Bytes(Type type) {
        PrimitiveType primitive = type.asPrimitiveType();
        return primitive.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                && primitive.getTypeLength() == DecimalColumn.BYTES;
    }

    private static ParquetValueReader<?> asIceberg(NestedField field, MessageType fileSchema) {
        return GenericParquetReaders.buildReader(new Schema(field), fileSchema);
    }

    static ColumnDescriptor descriptor(MessageType fileSchema, Type type) {
        return fileSchema.getColumnDescription(new String[] {type.getName()});
    }

    @Override
    protected Object[] newStructData(Object[] reuse) {
        return new Object[width];
    }

    @Override
    protected Object getField(Object[] row, int column) {
        return null;
    }

    @Override
    protected Object[] buildStruct(Object[] row) {
        return row;
    }

    @Override
    protected void set(Object[] row, int column, Object value) {
        row[column] = isRecord[column] ? ((Record) value).get(0) : value;
    }
}
