package countinghouse.batch.catalog;

import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;

/** Integers of 64 bits. */
final class LongColumn extends ObjectColumn<Long> {
    LongColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    Long valueOf(Dictionary dictionary, int entry) {
        return dictionary.decodeToLong(entry);
    }

    @Override
    Long valueOf(ByteBuffer bytes) {
        return bytes.getLong();
    }
}
