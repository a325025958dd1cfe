package countinghouse.batch.catalog;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.FileIO;

/** The records of some data files, as Iceberg's own records: for whoever reads few. */
public final class RecordFiles extends ParquetFiles<Record> {
    public RecordFiles(FileIO io, Schema projection, List<DataFile> files) {
        super(io, projection, files, GenericParquetReaders::buildReader);
    }
}
