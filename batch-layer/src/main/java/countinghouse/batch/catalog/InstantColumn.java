package countinghouse.batch.catalog;

import org.apache.iceberg.parquet.ParquetValueReaders.PrimitiveReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;

/** Instants as ms since the epoch; the archive's are whole ms, written as microseconds. */
final class InstantColumn extends PrimitiveReader<Long> {
    private static final long MICROS_PER_MS = 1000;

    InstantColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public Long read(Long reuse) {
        return Math.floorDiv(column.nextLong(), MICROS_PER_MS);
    }
}
