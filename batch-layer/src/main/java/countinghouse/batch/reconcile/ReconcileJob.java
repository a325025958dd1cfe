package countinghouse.batch.reconcile;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.catalog.CountsFiles;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.jdbi.v3.core.statement.PreparedBatch;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Compares every closed bucket that both layers have, row by row: value, number of events and fingerprint. Waits first until the speed
 * layer has passed everything that the run archived.
 */
public final class ReconcileJob {
    private static final Duration POLL = Duration.ofMillis(100);

    private final JavaSparkContext spark;
    private final IcebergCatalog catalog;
    private final ReconcileConfig config;
    private final Database database;
    private final Runs runs;
    private final CountingDocuments documents;

    public ReconcileJob(
            JavaSparkContext spark,
            IcebergCatalog catalog,
            ReconcileConfig config,
            Database database,
            Runs runs,
            CountingDocuments documents) {
        this.spark = spark;
        this.catalog = catalog;
        this.config = config;
        this.database = database;
        this.runs = runs;
        this.documents = documents;
    }

    /** Reconciles anew each time; the outcome replaces an earlier one of the same run. */
    public Reconciled reconcile(Run run) {
        Archived archived = runs.required(run, Archived.STEP);
        Recomputed recomputed = runs.required(run, Recomputed.STEP);
        try {
            TreeMap<Long, BucketComparison> buckets = compare(run, archived, recomputed);
            store(run, buckets);
            BucketComparison total = buckets.values().stream().reduce(BucketComparison.NONE, BucketComparison::plus);
            Reconciled reconciled = new Reconciled(
                    buckets.size(), total.rows(), total.mismatches(), total.reasons(), total.explainedRows());
            runs.record(run, Reconciled.STEP, reconciled);
            return reconciled;
        } catch (JedisException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot read the speed layer's rows from Redis: %s; check Redis, then run the same run id again"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private TreeMap<Long, BucketComparison> compare(Run run, Archived archived, Recomputed recomputed) {
        GroupReconciler reconciler;
        Map<Integer, List<String>> accounts = new HashMap<>();
        try (SpeedStore speed = new SpeedStore(config.redisUrl())) {
            long epoch = awaitProgress(speed, archived);
            BucketScope scope = new BucketScope(speed.floorMs(), recomputed.closedThroughMs(), recomputed.ranges());
            reconciler = new GroupReconciler(config.redisUrl(), epoch, scope, documents);
            speed.accounts(epoch).forEach(account -> accounts.computeIfAbsent(
                            Partitioning.partitionOf(account, config.partitions()), ignored -> new ArrayList<>())
                    .add(account));
        }
        Table counts = catalog.counts();
        Map<Integer, List<DataFile>> files =
                CountsFiles.byPartitionNumber(counts, recomputed.countsSnapshotId(), run.number());
        Table late = catalog.prepareLateDuplicates();
        Map<Integer, List<DataFile>> lateFiles =
                CountsFiles.byPartitionNumber(late, recomputed.lateSnapshotId(), run.number());
        Table removed = catalog.prepareRemovedByHistory();
        Map<Integer, List<DataFile>> removedFiles =
                CountsFiles.byPartitionNumber(removed, recomputed.removedSnapshotId(), run.number());
        Table added = catalog.prepareAddedByHistory();
        Map<Integer, List<DataFile>> addedFiles =
                CountsFiles.byPartitionNumber(added, recomputed.addedSnapshotId(), run.number());
        List<AccountGroup> groups = new ArrayList<>();
        for (int number = 0; number < config.partitions(); number++) {
            groups.add(new AccountGroup(
                    accounts.getOrDefault(number, List.of()),
                    files.getOrDefault(number, List.of()),
                    lateFiles.getOrDefault(number, List.of()),
                    removedFiles.getOrDefault(number, List.of()),
                    addedFiles.getOrDefault(number, List.of())));
        }
        ReconciledTables shipped = new ReconciledTables(
                SerializableTable.copyOf(counts),
                SerializableTable.copyOf(late),
                SerializableTable.copyOf(removed),
                SerializableTable.copyOf(added));
        TreeMap<Long, BucketComparison> buckets = new TreeMap<>();
        spark.parallelize(groups, groups.size())
                .map(group -> reconciler.reconcile(shipped, group))
                .collect()
                .forEach(part -> part.forEach(
                        (bucket, comparison) -> buckets.merge(bucket, comparison, BucketComparison::plus)));
        return buckets;
    }

    /** Explained differences are listed beside the others, and are no mismatches. */
    private static Map<String, Long> listed(BucketComparison comparison) {
        Map<String, Long> listed = new TreeMap<>(comparison.reasons());
        listed.putAll(comparison.explained());
        return listed;
    }

    private long awaitProgress(SpeedStore speed, Archived archived) {
        long deadline = System.nanoTime() + config.timeout().toNanos();
        while (true) {
            Optional<Long> epoch = speed.liveEpoch();
            String behind =
                    epoch.map(live -> behind(speed.progress(live), archived)).orElse("no live epoch in Redis");
            if (behind.isEmpty()) {
                return epoch.orElseThrow();
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(
                        ExitCode.TEMPORARY,
                        "The speed layer has not caught up with the archive in %d s (%s); check that it runs, then run the same run id again"
                                .formatted(config.timeout().toSeconds(), behind));
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** The first partition in which Redis is behind the archive; blank if none is. */
    private static String behind(Map<String, Long> progress, Archived archived) {
        for (EventType type : EventType.values()) {
            for (Map.Entry<Integer, Long> end :
                    archived.table(type.slug()).nextOffsets().entrySet()) {
                String partition = type.topic() + "-" + end.getKey();
                long reached = progress.getOrDefault(partition, 0L);
                if (reached < end.getValue()) {
                    return "%s is at offset %d of %d".formatted(partition, reached, end.getValue());
                }
            }
        }
        return "";
    }

    private void store(Run run, TreeMap<Long, BucketComparison> buckets) {
        database.jdbi().useTransaction(handle -> {
            handle.createUpdate("DELETE FROM published.reconciliation WHERE run_id = :run")
                    .bind("run", run.id())
                    .execute();
            PreparedBatch batch = handle.prepareBatch("""
                    INSERT INTO published.reconciliation (run_id, bucket, rows_compared, mismatches, reasons)
                    VALUES (:run, :bucket, :rows, :mismatches, CAST(:reasons AS jsonb))""");
            buckets.forEach((bucketMs, comparison) -> batch.bind("run", run.id())
                    .bind("bucket", Instant.ofEpochMilli(bucketMs).atOffset(ZoneOffset.UTC))
                    .bind("rows", comparison.rows())
                    .bind("mismatches", comparison.mismatches())
                    .bind("reasons", Json.text(listed(comparison)))
                    .add());
            batch.execute();
        });
    }
}
