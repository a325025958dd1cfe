package countinghouse.batch.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetValueReader;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;

/** The rows of some data files, file after file, each from its first row to its last. One file is open at a time. */
class ParquetFiles<T> implements Iterator<T>, AutoCloseable {
    private final FileIO io;
    private final Schema projection;
    private final RowReaders readers;
    private final Iterator<DataFile> files;
    private CloseableIterator<T> open = CloseableIterator.empty();

    /** How the rows of a file are read, whose schema may be older than the table's. */
    interface RowReaders {
        ParquetValueReader<?> of(Schema projection, MessageType fileSchema);
    }

    ParquetFiles(FileIO io, Schema projection, List<DataFile> files, RowReaders readers) {
        this.io = io;
        this.projection = projection;
        this.readers = readers;
        this.files = files.iterator();
    }

    @Override
    public boolean hasNext() {
        while (!open.hasNext() && files.hasNext()) {
            close();
            open = read(files.next()).iterator();
        }
        return open.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("No record is left");
        }
        return open.next();
    }

    @Override
    public void close() {
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CloseableIterable<T> read(DataFile file) {
        return Parquet.read(io.newInputFile(file.location()))
                .project(projection)
                .createReaderFunc(fileSchema -> readers.of(projection, fileSchema))
                .build();
    }
}
