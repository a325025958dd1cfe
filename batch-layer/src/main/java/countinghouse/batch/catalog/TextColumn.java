package countinghouse.batch.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;

/** Texts. Most columns have few different ones; each of a dictionary is one object, whose hash is known where it is a key. */
final class TextColumn extends ObjectColumn<String> {
    TextColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    String valueOf(Dictionary dictionary, int entry) {
        return dictionary.decodeToBinary(entry).toStringUsingUTF8();
    }

    @Override
    String valueOf(ByteBuffer bytes) {
        int length = bytes.getInt();
        int start = bytes.position();
        if (bytes.hasArray()) {
            bytes.position(start + length);
            return new String(bytes.array(), bytes.arrayOffset() + start, length, UTF_8);
        }
        byte[] copy = new byte[length];
        bytes.get(copy);
        return new String(copy, UTF_8);
    }
}
