package countinghouse.batch.catalog;

import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;

/** Integers of 32 bits. */
final class IntegerColumn extends ObjectColumn<Integer> {
    IntegerColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    Integer valueOf(Dictionary dictionary, int entry) {
        return dictionary.decodeToInt(entry);
    }

    @Override
    Integer valueOf(ByteBuffer bytes) {
        return bytes.getInt();
    }
}
