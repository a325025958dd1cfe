package countinghouse.batch.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.iceberg.parquet.ParquetValueReaders.PrimitiveReader;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesUtils;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.ValuesType;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DataPage;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DataPageV1;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DataPageV2;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.DictionaryPage;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageReadStore;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.values.ValuesReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;

/**
 * A column that is neither repeated nor nested, read page by page: whatever comes of a dictionary is made once for each of its entries, and plain values
 * are taken from the page's bytes without an object in between (ADR 0135). It reads the encodings that the archive's writer uses.
 */
abstract class FlatColumn<T> extends PrimitiveReader<T> {
    private final ColumnDescriptor descriptor;
    private final int present;
    private PageReader pages;
    private Dictionary dictionary;
    private int left;
    /** Tells which values of the page are there; null if all are. */
    private RunLengthBitPackingHybridDecoder levels;
    /** The page's entries of the dictionary; null if its values are plain. */
    private ValuesReader entries;

    private ByteBuffer plain;

    FlatColumn(ColumnDescriptor descriptor) {
        super(descriptor);
        this.descriptor = descriptor;
        this.present = descriptor.getMaxDefinitionLevel();
    }

    /** Takes a dictionary whose entries the next pages may name. */
    abstract void open(Dictionary entries, int size);

    /** Makes an entry of the dictionary the value. */
    abstract void take(int entry);

    /** Takes the value from its bytes, little-endian, and moves behind them. */
    abstract void take(ByteBuffer bytes);

    /** The value that was taken last. */
    abstract T value();

    /** Goes to the next row; false if it has no value. */
    final boolean next() {
        if (left == 0) {
            openPage();
        }
        left--;
        if (isAbsent()) {
            return false;
        }
        if (entries == null) {
            take(plain);
        } else {
            take(entries.readValueDictionaryId());
        }
        return true;
    }

    @Override
    public final T read(T reuse) {
        return next() ? value() : null;
    }

    @Override
    public final void setPageSource(PageReadStore rowGroup) {
        pages = rowGroup.getPageReader(descriptor);
        left = 0;
        DictionaryPage page = pages.readDictionaryPage();
        try {
            dictionary = page == null ? null : page.getEncoding().initDictionary(descriptor, page);
        } catch (IOException e) {
            throw cannotRead(e);
        }
        if (dictionary != null) {
            open(dictionary, dictionary.getMaxId() + 1);
        }
    }

    private boolean isAbsent() {
        try {
            return levels != null && levels.readInt() < present;
        } catch (IOException e) {
            throw cannotRead(e);
        }
    }

    private void openPage() {
        do {
            DataPage page = pages.readPage();
            left = page.getValueCount();
            try {
                if (page instanceof DataPageV1 first) {
                    open(first);
                } else {
                    open((DataPageV2) page);
                }
            } catch (IOException e) {
                throw cannotRead(e);
            }
        } while (left == 0);
    }

    private void open(DataPageV1 page) throws IOException {
        ByteBufferInputStream bytes = page.getBytes().toInputStream();
        if (present > 0) {
            require(Encoding.RLE, page.getDlEncoding());
            openLevels(bytes.sliceStream(BytesUtils.readIntLittleEndian(bytes)));
        }
        openValues(page.getValueEncoding(), bytes);
    }

    private void open(DataPageV2 page) throws IOException {
        if (present > 0) {
            openLevels(page.getDefinitionLevels().toInputStream());
        }
        openValues(page.getDataEncoding(), page.getData().toInputStream());
    }

    private void openLevels(ByteBufferInputStream bytes) {
        levels = new RunLengthBitPackingHybridDecoder(BytesUtils.getWidthFromMaxInt(present), bytes);
    }

    private void openValues(Encoding encoding, ByteBufferInputStream bytes) throws IOException {
        if (encoding.usesDictionary()) {
            entries = encoding.getDictionaryBasedValuesReader(descriptor, ValuesType.VALUES, dictionary);
            entries.initFromPage(left, bytes);
        } else {
            require(Encoding.PLAIN, encoding);
            entries = null;
            plain = bytes.slice(bytes.available()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void require(Encoding wanted, Encoding found) {
        if (found != wanted) {
            throw new IllegalStateException(
                    "Column %s is encoded as %s, which no writer of the archive uses; rewrite its files with Iceberg"
                            .formatted(String.join(".", descriptor.getPath()), found));
        }
    }

    private UncheckedIOException cannotRead(IOException cause) {
        return new UncheckedIOException(
                "Cannot read column %s".formatted(String.join(".", descriptor.getPath())), cause);
    }
}
