package countinghouse.batch.proof;

import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.metering.row.RowKey;
import countinghouse.schemas.EventType;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/**
 * Counts the records of one file of the archive; runs inside a Spark task.
 *
 * @param closedThroughMs exclusive end of the closed buckets
 */
record CensusTask(long closedThroughMs) implements Serializable {
    /** A file with more faults than this is beyond listing them. */
    private static final int MAX_FAULTS = 20;

    /** @param deleteFiles by which another program deleted some of its records */
    FileCensus census(EventType type, Table raw, DataFile file, int deleteFiles) {
        Count count = new Count(RowKey.partitionName(type.topic(), OffsetOrder.partitionOf(file)));
        Schema columns = raw.schema()
                .select(RawSchema.KIND, RawSchema.KAFKA_OFFSET, RawSchema.APPEND_TIME, RawSchema.INGEST_BUCKET);
        try (RecordFiles rows = new RecordFiles(raw.io(), columns, List.of(file))) {
            rows.forEachRemaining(count::add);
        }
        if (deleteFiles > 0) {
            count.fault("%s: of the records at offsets %d..%d some were deleted by SQL (%d delete files)"
                    .formatted(count.partition, count.first, count.next - 1, deleteFiles));
        }
        return new FileCensus(
                type,
                OffsetOrder.partitionOf(file),
                count.first,
                count.next - 1,
                count.firstBucketMs,
                count.lastBucketMs,
                count.runningMaximumMs,
                new Kinds(count.events, count.undecodable, count.ticks),
                count.open,
                count.faults);
    }

    private final class Count {
        private final String partition;
        private final ArrayList<String> faults = new ArrayList<>();
        private long first = -1;
        private long next = -1;
        private long firstBucketMs;
        private long lastBucketMs = Long.MIN_VALUE;
        private long runningMaximumMs = Long.MIN_VALUE;
        private long events;
        private long undecodable;
        private long ticks;
        private long open;

        Count(String partition) {
            this.partition = partition;
        }

        void add(Record row) {
            long offset = (Long) row.getField(RawSchema.KAFKA_OFFSET);
            long bucketMs = milliseconds(row, RawSchema.INGEST_BUCKET);
            if (first < 0) {
                first = offset;
                firstBucketMs = bucketMs;
            } else if (offset != next) {
                fault(Offsets.fault(partition, next, offset));
            }
            if (bucketMs < lastBucketMs) {
                fault("%s: the record at offset %d is in an earlier ingest bucket than the one before it"
                        .formatted(partition, offset));
            }
            next = Math.max(next, offset + 1);
            lastBucketMs = Math.max(lastBucketMs, bucketMs);
            runningMaximumMs = Math.max(runningMaximumMs, milliseconds(row, RawSchema.APPEND_TIME));
            if (bucketMs >= closedThroughMs) {
                open++;
            } else {
                addClosed((String) row.getField(RawSchema.KIND));
            }
        }

        private void addClosed(String kind) {
            if (kind.equals(Kind.TICK.text())) {
                ticks++;
            } else if (kind.equals(Kind.UNDECODABLE.text())) {
                undecodable++;
            } else {
                events++;
            }
        }

        private void fault(String text) {
            if (faults.size() < MAX_FAULTS) {
                faults.add(text);
            }
        }
    }

    private static long milliseconds(Record row, String column) {
        return ((OffsetDateTime) row.getField(column)).toInstant().toEpochMilli();
    }
}
