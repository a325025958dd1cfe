package countinghouse.batch.catalog;

import countinghouse.metering.identity.Identity;
import java.nio.ByteBuffer;
import org.apache.iceberg.parquet.ParquetValueReaders.PrimitiveReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;

/** Identities, 16 big-endian bytes each. */
final class IdentityColumn extends PrimitiveReader<Identity> {
    IdentityColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public Identity read(Identity reuse) {
        ByteBuffer bytes = column.nextBinary().toByteBuffer();
        int start = bytes.position();
        return new Identity(bytes.getLong(start), bytes.getLong(start + Long.BYTES));
    }
}
