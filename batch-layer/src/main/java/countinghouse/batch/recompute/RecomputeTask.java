package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedEvents;
import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.catalog.CountsRows;
import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.meter.MeterEvaluator;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * Recomputes one partition; runs inside a Spark task.
 *
 * @param runNumber that the rows are written under
 * @param closedThroughMs exclusive end of the closed buckets
 * @param horizonMs how far back duplicates are looked for
 * @param speedHorizonMs how far back the speed layer looks
 */
record RecomputeTask(long runNumber, long closedThroughMs, long horizonMs, long speedHorizonMs)
        implements Serializable {
    RecomputedPartition recompute(Table raw, Table counts, Table lateDuplicates, PartitionFiles files) {
        try (OrderedFiles output = new OrderedFiles(counts, "run-" + runNumber, files.task());
                OrderedFiles lateOutput = new OrderedFiles(lateDuplicates, "run-" + runNumber, files.task())) {
            CountsRows rows = new CountsRows(counts.schema(), runNumber);
            long[] written = {0};
            PartitionRecompute recompute = new PartitionRecompute(
                    files.type().topic(),
                    files.partition(),
                    closedThroughMs,
                    new DuplicateHorizon(horizonMs),
                    new DuplicateHorizon(speedHorizonMs),
                    MeterEvaluator.standard(),
                    (key, value) -> {
                        written[0]++;
                        output.write(rows.row(key, value));
                    },
                    (key, value) -> lateOutput.write(rows.row(key, value)));
            lookBack(raw, files, recompute);
            count(raw, files, recompute);
            Map<Integer, Conservation> conservation = recompute.complete();
            return new RecomputedPartition(output.complete(), lateOutput.complete(), conservation, written[0]);
        }
    }

    /** Only identities that occur in the days themselves matter, so only those are held, however long the look-back. */
    private static void lookBack(Table raw, PartitionFiles files, PartitionRecompute recompute) {
        if (files.lookBack().isEmpty()) {
            return;
        }
        Set<Identity> wanted = new HashSet<>();
        try (RecordFiles days = new RecordFiles(raw.io(), raw.schema().select(RawSchema.IDENTITY), files.days())) {
            days.forEachRemaining(row -> addIdentity(row, wanted));
        }
        try (RecordFiles before = new RecordFiles(
                raw.io(), raw.schema().select(RawSchema.IDENTITY, RawSchema.INGEST_BUCKET), files.lookBack())) {
            before.forEachRemaining(row -> {
                byte[] bytes = (byte[]) row.getField(RawSchema.IDENTITY);
                if (bytes != null && wanted.contains(Identity.ofBytes(bytes))) {
                    OffsetDateTime bucket = (OffsetDateTime) row.getField(RawSchema.INGEST_BUCKET);
                    recompute.remember(
                            Identity.ofBytes(bytes), bucket.toInstant().toEpochMilli());
                }
            });
        }
    }

    private static void addIdentity(Record row, Set<Identity> identities) {
        byte[] bytes = (byte[]) row.getField(RawSchema.IDENTITY);
        if (bytes != null) {
            identities.add(Identity.ofBytes(bytes));
        }
    }

    private static void count(Table raw, PartitionFiles files, PartitionRecompute recompute) {
        ArchivedEvents events = new ArchivedEvents(files.type());
        try (RecordFiles days = new RecordFiles(raw.io(), raw.schema(), files.days())) {
            boolean closed = true;
            while (closed && days.hasNext()) {
                ArchivedRecord record = events.record(days.next());
                closed = recompute.accept(record);
            }
        }
    }
}
