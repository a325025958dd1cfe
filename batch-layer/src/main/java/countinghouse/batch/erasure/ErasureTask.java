package countinghouse.batch.erasure;

import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** Looks for a person's records in files, and writes them without the person; runs inside a Spark task. */
record ErasureTask(Person person) implements Serializable {
    /** A file, and those that hold its records without the person. */
    record Rewritten(DataFile file, List<DataFile> by) implements Serializable {}

    /** The file with what it has of the person; empty if it has nothing. */
    Optional<PersonFile> search(Table table, DataFile file) {
        List<Long> offsets = new ArrayList<>();
        long own = 0;
        long lastBucketMs = Long.MIN_VALUE;
        try (RecordFiles rows = new RecordFiles(
                table.io(),
                table.schema()
                        .select(Person.COLUMN, RawSchema.ACCOUNT, RawSchema.INGEST_BUCKET, RawSchema.KAFKA_OFFSET),
                List.of(file))) {
            while (rows.hasNext()) {
                Record row = rows.next();
                if (isOfPerson(row)) {
                    offsets.add((Long) row.getField(RawSchema.KAFKA_OFFSET));
                    if (person.identifier().equals(row.getField(RawSchema.ACCOUNT))) {
                        own++;
                    }
                    OffsetDateTime bucket = (OffsetDateTime) row.getField(RawSchema.INGEST_BUCKET);
                    lastBucketMs = Math.max(lastBucketMs, bucket.toInstant().toEpochMilli());
                }
            }
        }
        return offsets.isEmpty() ? Optional.empty() : Optional.of(new PersonFile(file, offsets, own, lastBucketMs));
    }

    /** Writes every record of the file again in the same order, the person's without the person. */
    Rewritten rewrite(Table table, DataFile file, int task) {
        List<String> details = Person.DETAILS.stream()
                .filter(column -> table.schema().findField(column) != null)
                .toList();
        try (RecordFiles rows = new RecordFiles(table.io(), table.schema(), List.of(file));
                OrderedFiles output = new OrderedFiles(table, "erase", task)) {
            while (rows.hasNext()) {
                Record row = rows.next();
                if (isOfPerson(row)) {
                    row.setField(Person.COLUMN, person.replacement());
                    details.forEach(column -> row.setField(column, null));
                }
                output.write(row);
            }
            List<DataFile> written = output.complete();
            if (written.stream().mapToLong(DataFile::recordCount).sum() != file.recordCount()) {
                throw new IllegalStateException(
                        "Rewriting %s lost records; nothing was changed".formatted(file.location()));
            }
            return new Rewritten(file, written);
        }
    }

    private boolean isOfPerson(Record row) {
        return person.identifier().equals(row.getField(Person.COLUMN));
    }
}
