package countinghouse.batch.maintenance;

import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** Writes the records of small files into one, in the same order; runs inside a Spark task. */
record MergeTask() implements Serializable {
    /** Files that take the place of others. */
    record Merged(SmallFiles small, List<DataFile> files) implements Serializable {
        /** Whether every record of the small files is in the others. */
        boolean isComplete() {
            return small.records()
                    == files.stream().mapToLong(DataFile::recordCount).sum();
        }
    }

    Merged merge(Table table, SmallFiles small, int task) {
        long next = -1;
        try (RecordFiles rows = new RecordFiles(table.io(), table.schema(), small.files());
                OrderedFiles output = new OrderedFiles(table, "compact", task)) {
            while (rows.hasNext()) {
                Record row = rows.next();
                long offset = (Long) row.getField(RawSchema.KAFKA_OFFSET);
                if (next >= 0 && offset != next) {
                    throw new IllegalStateException(
                            "The archive of %s jumps from offset %d to %d; 'batch prove' names every such place"
                                    .formatted(small.type().topic(), next, offset));
                }
                next = offset + 1;
                output.write(row);
            }
            return new Merged(small, output.complete());
        }
    }
}
