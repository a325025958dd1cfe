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
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.types.Types.NestedField;

/** Reads rows of the archive into arrays; columns that have no quicker way are read as Iceberg reads them. */
final class RowReader extends StructReader<Object[], Object[]> {
    private final int width;

    private RowReader(List<ParquetValueReader<?>> columns) {
        super(columns);
        this.width = columns.size();
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
            case STRING -> optional(fileSchema, type, new TextColumn(descriptor(fileSchema, type)));
            case TIMESTAMP -> optional(fileSchema, type, new InstantColumn(descriptor(fileSchema, type)));
            case FIXED -> optional(fileSchema, type, new IdentityColumn(descriptor(fileSchema, type)));
            default -> GenericParquetReaders.buildReader(new Schema(field), fileSchema);
        };
    }

    static ColumnDescriptor descriptor(MessageType fileSchema, Type type) {
        return fileSchema.getColumnDescription(new String[] {type.getName()});
    }

    static <T> ParquetValueReader<T> optional(MessageType fileSchema, Type type, ParquetValueReader<T> column) {
        return ParquetValueReaders.option(type, fileSchema.getMaxDefinitionLevel(type.getName()) - 1, column);
    }

    @Override
    protected Object[] newStructData(Object[] reuse) {
        return new Object[width];
    }

    @Override
    protected Object getField(Object[] row, int column) {
        return row[column];
    }

    @Override
    protected Object[] buildStruct(Object[] row) {
        return row;
    }

    @Override
    protected void set(Object[] row, int column, Object value) {
        // Iceberg's reader of a single column makes a record of it.
        row[column] = value instanceof Record single ? single.get(0) : value;
    }
}
