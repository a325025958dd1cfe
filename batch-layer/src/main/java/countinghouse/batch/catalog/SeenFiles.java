package countinghouse.batch.catalog;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/** Which identities some files of the archive hold and in which buckets, without an object for each. */
public final class SeenFiles implements AutoCloseable {
    private final ParquetFiles<SeenReader> files;

    public SeenFiles(Table raw, List<DataFile> files) {
        this.files = new ParquetFiles<>(
                raw.io(),
                raw.schema().select(RawSchema.IDENTITY, RawSchema.INGEST_BUCKET),
                files,
                (projection, file) -> SeenReader.of(file));
    }

    /** Takes an event's identity and the start of its bucket. */
    public interface Sink {
        void seen(long identityHigh, long identityLow, long bucketMs);
    }

    /** Hands over every event of the files. */
    public void forEach(Sink sink) {
        while (files.hasNext()) {
            SeenReader seen = files.next();
            if (seen.isEvent()) {
                sink.seen(seen.high(), seen.low(), seen.bucketMs());
            }
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
