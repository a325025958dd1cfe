package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedEvents;
import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * Recomputes one day of a partition; runs inside a Spark task.
 *
 * @param runNumber that the rows are written under
 * @param closedThroughMs exclusive end of the closed buckets
 * @param horizonMs how far back duplicates are looked for
 * @param speedHorizonMs how far back the speed layer looks
 * @param schedule which version counts which bucket
 */
record RecomputeTask(long runNumber, long closedThroughMs, long horizonMs, long speedHorizonMs, PinnedSchedule schedule)
        implements Serializable {
    RecomputedPartition recompute(Table raw, Map<CountsTable, Table> tables, PartitionFiles files) {
        try (CountsOutput output = new CountsOutput(tables, runNumber, files.task())) {
            PartitionRecompute recompute = new PartitionRecompute(
                    new PartitionRecompute.SourcePartition(
                            files.type().topic(), files.partition(), files.firstOffset(), files.history()),
                    closedThroughMs,
                    new DuplicateHorizon(horizonMs),
                    new DuplicateHorizon(speedHorizonMs),
                    schedule.open(),
                    output.sinks());
            lookBack(raw, files, recompute);
            count(raw, files, recompute);
            Map<Integer, Conservation> conservation = recompute.complete();
            return new RecomputedPartition(output.complete(), conservation, output.rows());
        }
    }

    /** Only identities that occur in the day itself matter, so only those are held while the look-back streams past. */
    private static void lookBack(Table raw, PartitionFiles files, PartitionRecompute recompute) {
        if (files.lookBack().isEmpty()) {
            return;
        }
        try (RecordFiles day = new RecordFiles(raw.io(), raw.schema().select(RawSchema.IDENTITY), files.day())) {
            day.forEachRemaining(row -> {
                byte[] identity = identity(row);
                if (identity != null) {
                    recompute.announce(Identity.ofBytes(identity));
                }
            });
        }
        try (RecordFiles before = new RecordFiles(
                raw.io(), raw.schema().select(RawSchema.IDENTITY, RawSchema.INGEST_BUCKET), files.lookBack())) {
            before.forEachRemaining(row -> {
                byte[] identity = identity(row);
                if (identity != null) {
                    OffsetDateTime bucket = (OffsetDateTime) row.getField(RawSchema.INGEST_BUCKET);
                    recompute.remember(
                            Identity.ofBytes(identity), bucket.toInstant().toEpochMilli());
                }
            });
        }
    }

    private static byte[] identity(Record row) {
        return (byte[]) row.getField(RawSchema.IDENTITY);
    }

    private static void count(Table raw, PartitionFiles files, PartitionRecompute recompute) {
        ArchivedEvents events = new ArchivedEvents(files.type());
        try (RecordFiles day = new RecordFiles(raw.io(), raw.schema(), files.day())) {
            boolean closed = true;
            while (closed && day.hasNext()) {
                ArchivedRecord record = events.record(day.next());
                closed = recompute.accept(record);
            }
        }
    }
}
