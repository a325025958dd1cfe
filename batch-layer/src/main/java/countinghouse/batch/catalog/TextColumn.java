package countinghouse.batch.catalog;

import org.apache.iceberg.parquet.ParquetValueReaders.PrimitiveReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;

/**
 * Texts. Most columns have few different ones, so recent ones are kept: neither decoded again nor hashed again where they are keys. A
 * column of ever new ones stops looking.
 */
final class TextColumn extends PrimitiveReader<String> {
    private static final int SLOTS = 1 << 12;
    private static final int TRIAL = 1 << 14;

    private final Binary[] bytes = new Binary[SLOTS];
    private final String[] texts = new String[SLOTS];
    private int looked;
    private int found;

    TextColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    public String read(String reuse) {
        Binary next = column.nextBinary();
        return looked == TRIAL && found < TRIAL / 2 ? next.toStringUsingUTF8() : lookUp(next);
    }

    private String lookUp(Binary next) {
        int hash = next.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        boolean isKnown = next.equals(bytes[slot]);
        if (looked < TRIAL) {
            looked++;
            found += isKnown ? 1 : 0;
        }
        if (!isKnown) {
            // A page's buffer is used again for the next page.
            bytes[slot] = next.copy();
            texts[slot] = next.toStringUsingUTF8();
        }
        return texts[slot];
    }
}
