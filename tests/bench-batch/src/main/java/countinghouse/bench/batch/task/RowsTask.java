package countinghouse.bench.batch.task;

import countinghouse.batch.catalog.CountsFiles;
import countinghouse.batch.catalog.CountsRows;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.batch.command.BatchConfig;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.bench.batch.answer.RowDigest;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.metering.row.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** The rows that a run has written, day by day. */
final class RowsTask implements TaskMain.Task {
    @Override
    public List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) {
        Map<Integer, RowDigest> byDay = new TreeMap<>();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings));
                Database database = Database.open(BatchConfig.databaseFrom(settings))) {
            Runs runs = new Runs(database);
            Run run = runs.find(assignment.runId());
            Recomputed recomputed = runs.required(run, Recomputed.STEP);
            Table counts = catalog.counts();
            List<DataFile> files = new ArrayList<>();
            CountsFiles.byPartitionNumber(counts, recomputed.countsSnapshotId(), run.number())
                    .values()
                    .forEach(files::addAll);
            try (RecordFiles rows = new RecordFiles(counts.io(), counts.schema(), files)) {
                rows.forEachRemaining(row -> add(byDay, row));
            }
        }
        List<Measured> days = new ArrayList<>();
        byDay.forEach((day, digest) ->
                days.add(new Measured("rows", day - assignment.days().firstDay(), 0, 0, digest.meters())));
        return days;
    }

    private static void add(Map<Integer, RowDigest> byDay, Record row) {
        RowKey key = CountsRows.key(row);
        RowDigest digest =
                byDay.computeIfAbsent((int) (key.bucketMs() / TicketDays.DAY_MS), ignored -> new RowDigest());
        CountedRows.add(digest, key, CountsRows.value(row));
    }
}
