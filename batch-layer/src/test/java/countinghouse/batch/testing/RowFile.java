package countinghouse.batch.testing;

import countinghouse.batch.catalog.CountsFiles;
import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.RecordFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/** The files of {@code counts.rows} as somebody with access to them can change them: in place, under the same names. */
public final class RowFile {
    private final Table counts;
    private final DataFile file;

    private RowFile(Table counts, DataFile file) {
        this.counts = counts;
        this.file = file;
    }

    /** A file of a run that holds a row. */
    public static RowFile with(Table counts, long runNumber, Predicate<Record> wanted) {
        for (List<DataFile> files : CountsFiles.byPartitionNumber(
                        counts, counts.currentSnapshot().snapshotId(), runNumber)
                .values()) {
            for (DataFile file : files) {
                RowFile candidate = new RowFile(counts, file);
                if (candidate.rows().stream().anyMatch(wanted)) {
                    return candidate;
                }
            }
        }
        throw new AssertionError("No file of run %d has such a row".formatted(runNumber));
    }

    public List<Record> rows() {
        List<Record> rows = new ArrayList<>();
        try (RecordFiles records = new RecordFiles(counts.io(), counts.schema(), List.of(file))) {
            records.forEachRemaining(row -> rows.add(row.copy()));
        }
        return rows;
    }

    /** Changes the first row that is wanted; gives it as it was. */
    public Record change(Predicate<Record> wanted, Consumer<Record> change) throws IOException {
        List<Record> rows = rows();
        Record changed = rows.stream().filter(wanted).findFirst().orElseThrow();
        Record before = changed.copy();
        change.accept(changed);
        write(rows);
        return before;
    }

    public void write(List<Record> rows) throws IOException {
        try (FileAppender<Record> writer = Parquet.write(counts.io().newOutputFile(file.location()))
                .schema(counts.schema())
                .createWriterFunc(GenericParquetWriter::create)
                .overwrite()
                .build()) {
            writer.addAll(rows);
        }
    }

    /** Whether a row is of a meter and account. */
    public static Predicate<Record> of(String meter, String account) {
        return row -> row.getField(CountsSchema.METER).equals(meter)
                && row.getField(CountsSchema.ACCOUNT).equals(account);
    }
}
