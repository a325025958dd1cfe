package countinghouse.batch.catalog;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;

/** Decimals as 16 big-endian bytes in two's complement; nearly all of them fit into eight. */
final class DecimalColumn extends ObjectColumn<BigDecimal> {
    static final int BYTES = 16;

    private final int scale;

    DecimalColumn(ColumnDescriptor descriptor, int scale) {
        super(descriptor);
        this.scale = scale;
    }

    @Override
    BigDecimal valueOf(Dictionary dictionary, int entry) {
        ByteBuffer bytes = ByteBuffer.wrap(dictionary.decodeToBinary(entry).getBytes());
        return of(bytes.getLong(), bytes.getLong());
    }

    @Override
    BigDecimal valueOf(ByteBuffer bytes) {
        long high = Long.reverseBytes(bytes.getLong());
        return of(high, Long.reverseBytes(bytes.getLong()));
    }

    private BigDecimal of(long high, long low) {
        if (high == low >> Long.SIZE - 1) {
            return BigDecimal.valueOf(low, scale);
        }
        byte[] bytes = ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
        return new BigDecimal(new BigInteger(bytes), scale);
    }
}
