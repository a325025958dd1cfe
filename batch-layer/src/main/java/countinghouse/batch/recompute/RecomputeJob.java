package countinghouse.batch.recompute;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.generation.Versions;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.batch.seal.Sealed;
import countinghouse.kit.config.CountingConfig;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Recomputes ingest days from the archive: those that have changed since the parent generation, and any that the caller adds. Rows go
 * to {@code counts.rows} under the run's number; doing it again replaces them by the same rows.
 */
public final class RecomputeJob {
    private final JavaSparkContext spark;
    private final IcebergCatalog catalog;
    private final Generations generations;
    private final Runs runs;
    private final CountingConfig counting;
    private final CountingDocuments documents;

    public RecomputeJob(
            JavaSparkContext spark,
            IcebergCatalog catalog,
            Generations generations,
            Runs runs,
            CountingConfig counting,
            CountingDocuments documents) {
        this.spark = spark;
        this.catalog = catalog;
        this.generations = generations;
        this.runs = runs;
        this.counting = counting;
        this.documents = documents;
    }

    /** Recomputes once per run; repeated, it tells what it did. */
    public Recomputed recompute(Run run, RecomputeScope scope) {
        Sealed sealed = runs.required(run, Sealed.STEP);
        Archived archived = runs.required(run, Archived.STEP);
        return runs.outcome(run, Recomputed.STEP).orElseGet(() -> {
            Recomputed recomputed = recompute(run, sealed.closedThroughMs(), archived, scope);
            runs.record(run, Recomputed.STEP, recomputed);
            return recomputed;
        });
    }

    private Recomputed recompute(Run run, long closedThroughMs, Archived archived, RecomputeScope scope) {
        Optional<Generation> parent = generations.current();
        PinnedSchedule schedule = new ScheduleChange(documents)
                .after(
                        parent.map(generation -> generations.manifest(generation.number()))
                                .orElse(null),
                        scope.backfill(),
                        closedThroughMs);
        List<DayRange> ranges = ranges(parent, closedThroughMs, scope);
        EnumMap<CountsTable, Table> tables = new EnumMap<>(CountsTable.class);
        for (CountsTable table : CountsTable.values()) {
            tables.put(table, table.in(catalog));
        }
        List<RecomputedPartition> partitions = write(run, closedThroughMs, archived, ranges, schedule, tables);
        Map<CountsTable, Long> snapshots = new EnumMap<>(CountsTable.class);
        tables.forEach((name, table) -> snapshots.put(name, replace(run, name, table, partitions)));
        return new Recomputed(
                parent.map(Generation::number).orElse(null),
                closedThroughMs,
                ranges,
                days(partitions),
                snapshots.get(CountsTable.ROWS),
                snapshots.get(CountsTable.LATE_DUPLICATES),
                snapshots.get(CountsTable.REMOVED_BY_HISTORY),
                snapshots.get(CountsTable.ADDED_BY_HISTORY),
                partitions.stream().mapToLong(RecomputedPartition::rows).sum(),
                new Versions(
                        schedule.open().pins(),
                        schedule.backfilled(),
                        counting.bucketWidth().toMillis(),
                        counting.batchHorizon().toMillis(),
                        Versions.ofThisBuild()));
    }

    private static List<DayRange> ranges(Optional<Generation> parent, long closedThroughMs, RecomputeScope scope) {
        long changedFromMs = parent.map(Generation::closedThroughMs).orElse(0L);
        if (!scope.backfill().isEmpty()) {
            changedFromMs = 0;
        }
        List<DayRange> ranges = new ArrayList<>();
        ranges.add(DayRange.touching(Math.min(changedFromMs, closedThroughMs - 1), closedThroughMs));
        scope.also().ifPresent(ranges::add);
        return DayRange.merged(ranges);
    }

    /** Makes the files the run's only rows in the table; the snapshot that has them. */
    private static long replace(Run run, CountsTable name, Table table, List<RecomputedPartition> partitions) {
        OverwriteFiles overwrite =
                table.newOverwrite().overwriteByRowFilter(Expressions.equal(CountsSchema.RUN_NUMBER, run.number()));
        partitions.forEach(partition -> partition.files().get(name).forEach(overwrite::addFile));
        overwrite.commit();
        table.refresh();
        return table.currentSnapshot().snapshotId();
    }

    private List<RecomputedPartition> write(
            Run run,
            long closedThroughMs,
            Archived archived,
            List<DayRange> ranges,
            PinnedSchedule schedule,
            Map<CountsTable, Table> tables) {
        long horizonMs = counting.batchHorizon().toMillis();
        HistoryPass history = new HistoryPass(spark, schedule, closedThroughMs);
        EnumMap<EventType, Table> shipped = new EnumMap<>(EventType.class);
        RecomputePlan plan = new RecomputePlan(horizonMs);
        for (EventType type : EventType.values()) {
            Table raw = catalog.raw(type);
            shipped.put(type, SerializableTable.copyOf(raw));
            long snapshotId = archived.table(type.slug()).snapshotId();
            for (DayRange range : ranges) {
                Map<Integer, HistoryVerdicts> verdicts =
                        type == EventType.VIEW ? history.judge(raw, snapshotId, range) : Map.of();
                plan.add(type, raw, snapshotId, range, verdicts);
            }
        }
        EnumMap<CountsTable, Table> output = new EnumMap<>(CountsTable.class);
        tables.forEach((name, table) -> output.put(name, SerializableTable.copyOf(table)));
        List<PartitionFiles> work = plan.tasks();
        RecomputeTask task = new RecomputeTask(
                run.number(),
                closedThroughMs,
                horizonMs,
                counting.speedHorizon().toMillis(),
                schedule);
        return spark.parallelize(work, Math.max(1, work.size()))
                .map(files -> task.recompute(shipped.get(files.type()), output, files))
                .collect();
    }

    private static List<Recomputed.Day> days(List<RecomputedPartition> partitions) {
        Map<Integer, List<Conservation>> byDay = new TreeMap<>();
        for (RecomputedPartition partition : partitions) {
            partition.conservation().forEach((day, conservation) -> byDay.computeIfAbsent(
                            day, ignored -> new ArrayList<>())
                    .add(conservation));
        }
        return byDay.entrySet().stream()
                .map(entry -> new Recomputed.Day(entry.getKey(), entry.getValue()))
                .toList();
    }
}
