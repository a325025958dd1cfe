package countinghouse.batch.catalog;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.FileIO;

/**
 * The rows of some data files of the archive as plain arrays, in the order of the projection: texts, numbers and maps as Iceberg's records
 * have them, instants as {@code Long} ms, identities as {@code Identity} (ADR 0110).
 */
public final class RowFiles extends ParquetFiles<Object[]> {
    public RowFiles(FileIO io, Schema projection, List<DataFile> files) {
        super(io, projection, files, RowReader::of);
    }
}
