package countinghouse.batch.recompute;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.batch.seal.Sealed;
import countinghouse.kit.config.CountingConfig;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
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
    private final long horizonMs;
    private final long speedHorizonMs;

    public RecomputeJob(
            JavaSparkContext spark,
            IcebergCatalog catalog,
            Generations generations,
            Runs runs,
            CountingConfig counting) {
        this.spark = spark;
        this.catalog = catalog;
        this.generations = generations;
        this.runs = runs;
        this.horizonMs = counting.batchHorizon().toMillis();
        this.speedHorizonMs = counting.speedHorizon().toMillis();
    }

    /** Recomputes once per run; repeated, it tells what it did. */
    public Recomputed recompute(Run run, Optional<DayRange> also) {
        Sealed sealed = runs.required(run, Sealed.STEP);
        Archived archived = runs.required(run, Archived.STEP);
        return runs.outcome(run, Recomputed.STEP).orElseGet(() -> {
            Recomputed recomputed = recompute(run, sealed.closedThroughMs(), archived, also);
            runs.record(run, Recomputed.STEP, recomputed);
            return recomputed;
        });
    }

    private Recomputed recompute(Run run, long closedThroughMs, Archived archived, Optional<DayRange> also) {
        Optional<Generation> parent = generations.current();
        long changedFromMs = parent.map(Generation::closedThroughMs).orElse(0L);
        List<DayRange> ranges = new ArrayList<>();
        ranges.add(DayRange.touching(Math.min(changedFromMs, closedThroughMs - 1), closedThroughMs));
        also.ifPresent(ranges::add);
        List<DayRange> merged = DayRange.merged(ranges);

        Table counts = catalog.prepareCounts();
        Table lateDuplicates = catalog.prepareLateDuplicates();
        List<RecomputedPartition> partitions = write(run, closedThroughMs, archived, merged, counts, lateDuplicates);
        long countsSnapshotId = replace(run, counts, partitions, RecomputedPartition::files);
        long lateSnapshotId = replace(run, lateDuplicates, partitions, RecomputedPartition::lateFiles);
        return new Recomputed(
                parent.map(Generation::number).orElse(null),
                closedThroughMs,
                merged,
                days(partitions),
                countsSnapshotId,
                lateSnapshotId,
                partitions.stream().mapToLong(RecomputedPartition::rows).sum());
    }

    /** Makes the files the run's only rows in the table; the snapshot that has them. */
    private static long replace(
            Run run,
            Table table,
            List<RecomputedPartition> partitions,
            Function<RecomputedPartition, List<DataFile>> files) {
        OverwriteFiles overwrite =
                table.newOverwrite().overwriteByRowFilter(Expressions.equal(CountsSchema.RUN_NUMBER, run.number()));
        partitions.forEach(partition -> files.apply(partition).forEach(overwrite::addFile));
        overwrite.commit();
        table.refresh();
        return table.currentSnapshot().snapshotId();
    }

    private List<RecomputedPartition> write(
            Run run, long closedThroughMs, Archived archived, List<DayRange> ranges, Table counts, Table late) {
        EnumMap<EventType, Table> shipped = new EnumMap<>(EventType.class);
        List<PartitionFiles> work = new ArrayList<>();
        for (EventType type : EventType.values()) {
            Table raw = catalog.raw(type);
            shipped.put(type, SerializableTable.copyOf(raw));
            long snapshotId = archived.table(type.slug()).snapshotId();
            for (DayRange range : ranges) {
                work.addAll(files(work.size(), type, raw, snapshotId, range));
            }
        }
        Table shippedCounts = SerializableTable.copyOf(counts);
        Table shippedLate = SerializableTable.copyOf(late);
        RecomputeTask task = new RecomputeTask(run.number(), closedThroughMs, horizonMs, speedHorizonMs);
        return spark.parallelize(work, Math.max(1, work.size()))
                .map(files -> task.recompute(shipped.get(files.type()), shippedCounts, shippedLate, files))
                .collect();
    }

    private List<PartitionFiles> files(int firstTask, EventType type, Table raw, long snapshotId, DayRange range) {
        Map<Integer, List<DataFile>> byPartition =
                OffsetOrder.files(raw, snapshotId, range.lookBackFrom(horizonMs), range.toDay()).stream()
                        .collect(Collectors.groupingBy(OffsetOrder::partitionOf, TreeMap::new, Collectors.toList()));
        List<PartitionFiles> result = new ArrayList<>();
        byPartition.forEach((partition, files) -> {
            Map<Boolean, List<DataFile>> before = OffsetOrder.sorted(raw, files).stream()
                    .collect(Collectors.partitioningBy(file -> OffsetOrder.dayOf(file) < range.fromDay()));
            if (!before.get(false).isEmpty()) {
                result.add(new PartitionFiles(
                        firstTask + result.size(),
                        type,
                        partition,
                        List.copyOf(before.get(true)),
                        List.copyOf(before.get(false))));
            }
        });
        return result;
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
