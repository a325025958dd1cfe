package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecords;
import countinghouse.batch.catalog.SeenFiles;
import countinghouse.metering.identity.DuplicateHorizon;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

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
    /** Records that are read before the first of them is counted. */
    private static final int AT_ONCE = 64;

    RecomputedPartition recompute(Table raw, Map<CountsTable, Table> tables, PartitionFiles files) {
        try (CountsOutput output = new CountsOutput(tables, runNumber, files.task())) {
            Map<Integer, Conservation> conservation = count(raw, files, output.sinks());
            return new RecomputedPartition(output.complete(), conservation, output.rows());
        }
    }

    /** Reads, de-duplicates and counts; what becomes of the rows is for the sinks to say. */
    Map<Integer, Conservation> count(Table raw, PartitionFiles files, RowSinks sinks) {
        PartitionRecompute recompute = new PartitionRecompute(
                new PartitionRecompute.SourcePartition(
                        files.type().topic(),
                        files.partition(),
                        files.firstOffset(),
                        files.day().stream().mapToLong(DataFile::recordCount).sum(),
                        files.history()),
                closedThroughMs,
                new DuplicateHorizon(horizonMs),
                new DuplicateHorizon(speedHorizonMs),
                schedule.open(),
                sinks);
        lookBack(raw, files, recompute);
        count(raw, files, recompute);
        return recompute.complete();
    }

    /** Only identities that occur in the day itself matter, so only those are held while the look-back streams past. */
    private static void lookBack(Table raw, PartitionFiles files, PartitionRecompute recompute) {
        if (files.lookBack().isEmpty()) {
            return;
        }
        try (SeenFiles day = new SeenFiles(raw, files.day())) {
            day.forEach((high, low, bucketMs) -> recompute.announce(high, low));
        }
        try (SeenFiles before = new SeenFiles(raw, files.lookBack())) {
            before.forEach(recompute::remember);
        }
    }

    private static void count(Table raw, PartitionFiles files, PartitionRecompute recompute) {
        try (ArchivedRecords day = new ArchivedRecords(raw, files.type(), files.day())) {
            List<ArchivedRecord> next = new ArrayList<>(AT_ONCE);
            boolean closed = true;
            while (closed && day.hasNext()) {
                next.clear();
                while (next.size() < AT_ONCE && day.hasNext()) {
                    next.add(day.next());
                }
                recompute.expect(next);
                closed = acceptAll(next, recompute);
            }
        }
    }

    private static boolean acceptAll(List<ArchivedRecord> records, PartitionRecompute recompute) {
        for (ArchivedRecord record : records) {
            if (!recompute.accept(record)) {
                return false;
            }
        }
        return true;
    }
}
