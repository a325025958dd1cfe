package countinghouse.batch.catalog;

import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;

/** Instants as ms since the epoch; the archive's are whole ms, written as microseconds. */
final class InstantColumn extends ObjectColumn<Long> {
    private static final long MICROS_PER_MS = 1000;

    InstantColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    Long valueOf(Dictionary dictionary, int entry) {
        return Math.floorDiv(dictionary.decodeToLong(entry), MICROS_PER_MS);
    }

    @Override
    Long valueOf(ByteBuffer bytes) {
        return Math.floorDiv(bytes.getLong(), MICROS_PER_MS);
    }
}
