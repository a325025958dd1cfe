package countinghouse.batch.catalog;

import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;

/** A column whose values are objects; those of a dictionary are the same objects in every row. */
abstract class ObjectColumn<T> extends FlatColumn<T> {
    private Object[] entries;
    private T value;

    ObjectColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    /** The value of an entry. */
    abstract T valueOf(Dictionary dictionary, int entry);

    /** The value in its bytes, little-endian, which are left behind. */
    abstract T valueOf(ByteBuffer bytes);

    @Override
    final void open(Dictionary dictionary, int size) {
        entries = new Object[size];
        for (int entry = 0; entry < size; entry++) {
            entries[entry] = valueOf(dictionary, entry);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    final void take(int entry) {
        value = (T) entries[entry];
    }

    @Override
    final void take(ByteBuffer bytes) {
        value = valueOf(bytes);
    }

    @Override
    final T value() {
        return value;
    }
}
