package countinghouse.batch.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;

/** The records of some data files, file after file, each from its first record to its last. One file is open at a time. */
public final class RecordFiles implements Iterator<Record>, AutoCloseable {
    private final FileIO io;
    private final Schema projection;
    private final Iterator<DataFile> files;
    private CloseableIterator<Record> open = CloseableIterator.empty();

    public RecordFiles(FileIO io, Schema projection, List<DataFile> files) {
        this.io = io;
        this.projection = projection;
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
    public Record next() {
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

    private CloseableIterable<Record> read(DataFile file) {
        return Parquet.read(io.newInputFile(file.location()))
                .project(projection)
                .createReaderFunc(fileSchema -> GenericParquetReaders.buildReader(projection, fileSchema))
                .build();
    }
}
