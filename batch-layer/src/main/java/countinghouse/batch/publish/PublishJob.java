package countinghouse.batch.publish;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.catalog.CountsFiles;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.gate.GateVerdict;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.run.AdvisoryLock;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Publishes a run as the next generation: tags, then rows, which nobody sees, then one transaction that makes them visible. Whatever
 * fails before it leaves the last generation served; the same run id goes on from there.
 */
public final class PublishJob {
    public static final String LOCK = "countinghouse publish";

    private final JavaSparkContext spark;
    private final IcebergCatalog catalog;
    private final DatabaseConfig databaseConfig;
    private final Database database;
    private final Generations generations;
    private final Runs runs;
    private final CountingDocuments documents;
    private final Duration patience;

    /** @param patience how long to look for the outcome of a COMMIT that PostgreSQL did not answer */
    public PublishJob(
            JavaSparkContext spark,
            IcebergCatalog catalog,
            DatabaseConfig databaseConfig,
            Database database,
            Generations generations,
            Runs runs,
            CountingDocuments documents,
            Duration patience) {
        this.spark = spark;
        this.catalog = catalog;
        this.databaseConfig = databaseConfig;
        this.database = database;
        this.generations = generations;
        this.runs = runs;
        this.documents = documents;
        this.patience = patience;
    }

    /** Publishes once per run; repeated, it tells what it did. */
    public Published publish(Run run, String publishedBy) {
        Recomputed recomputed = runs.required(run, Recomputed.STEP);
        Archived archived = runs.required(run, Archived.STEP);
        GateVerdict raw = runs.required(run, GateVerdict.RAW).orFail();
        GateVerdict counts = runs.required(run, GateVerdict.COUNTS).orFail();
        PublishTransaction transaction = new PublishTransaction(
                database, new GenerationTotals(CountingSchedule.of(documents).meters()), patience);
        try (AdvisoryLock ignored = AdvisoryLock.take(database, LOCK)) {
            Published published = transaction
                    .generationOf(run)
                    .map(generation -> new Published(generation, transaction.rowsOf(run)))
                    .orElseGet(() -> publish(run, publishedBy, transaction, recomputed, archived, raw, counts));
            runs.record(run, Published.STEP, published);
            return published;
        }
    }

    private Published publish(
            Run run,
            String publishedBy,
            PublishTransaction transaction,
            Recomputed recomputed,
            Archived archived,
            GateVerdict raw,
            GateVerdict counts) {
        Instant startedAt = Instant.now();
        requireParent(recomputed);
        long generation = transaction.nextNumber();
        Map<String, Long> snapshots = tag(generation, recomputed, archived);
        long rows = copyRows(run, recomputed, transaction);
        Map<String, Map<Integer, Long>> endOffsets = new TreeMap<>();
        Map<String, Map<Integer, Long>> runningMaxima = new TreeMap<>();
        for (EventType type : EventType.values()) {
            endOffsets.put(type.topic(), archived.table(type.slug()).nextOffsets());
            runningMaxima.put(type.topic(), archived.table(type.slug()).runningMaxima());
        }
        Manifest manifest = new Manifest(
                generation,
                recomputed.parent(),
                run.number(),
                run.id(),
                Instant.ofEpochMilli(recomputed.closedThroughMs()),
                Tags.of(generation),
                snapshots,
                endOffsets,
                runningMaxima,
                recomputed.versions(),
                Map.of(),
                gates(raw, counts),
                startedAt,
                publishedBy);
        transaction.commit(run, manifest, recomputed);
        return new Published(generation, rows);
    }

    private static Map<String, List<String>> gates(GateVerdict... verdicts) {
        Map<String, List<String>> gates = new TreeMap<>();
        for (GateVerdict verdict : verdicts) {
            gates.put(verdict.gate(), verdict.checks());
            if (!verdict.warnings().isEmpty()) {
                gates.put(verdict.gate() + " warnings", verdict.warnings());
            }
        }
        return gates;
    }

    private void requireParent(Recomputed recomputed) {
        Long current =
                generations.current().map(generation -> generation.number()).orElse(null);
        if (!java.util.Objects.equals(current, recomputed.parent())) {
            throw PublishTransaction.parentMoved(recomputed.parent(), current);
        }
    }

    private Map<String, Long> tag(long generation, Recomputed recomputed, Archived archived) {
        Map<String, Long> snapshots = new TreeMap<>();
        for (EventType type : EventType.values()) {
            long snapshotId = archived.table(type.slug()).snapshotId();
            Tags.put(catalog.raw(type), generation, snapshotId);
            snapshots.put(IcebergCatalog.rawName(type), snapshotId);
        }
        Tags.put(catalog.counts(), generation, recomputed.countsSnapshotId());
        snapshots.put(IcebergCatalog.countsName(), recomputed.countsSnapshotId());
        return snapshots;
    }

    private long copyRows(Run run, Recomputed recomputed, PublishTransaction transaction) {
        transaction.discardRows(run);
        Table counts = catalog.counts();
        List<List<DataFile>> groups =
                new ArrayList<>(CountsFiles.byPartitionNumber(counts, recomputed.countsSnapshotId(), run.number())
                        .values());
        if (groups.isEmpty()) {
            return 0;
        }
        RowCopier copier = new RowCopier(TaskDatabase.of(databaseConfig), run.number(), documents);
        Table shipped = SerializableTable.copyOf(counts);
        List<Long> copied = spark.parallelize(groups, groups.size())
                .map(files -> copier.copy(shipped, files))
                .collect();
        transaction.addDayTotals(run);
        return copied.stream().mapToLong(Long::longValue).sum();
    }

    static CommandFailure temporary(String message, Throwable cause) {
        return new CommandFailure(ExitCode.TEMPORARY, message, cause);
    }
}
