package countinghouse.batch.reconcile;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.catalog.CountsFiles;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.publish.TaskDatabase;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
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
    private final DatabaseConfig databaseConfig;
    private final Database database;
    private final Runs runs;
    private final CountingDocuments documents;

    public ReconcileJob(
            JavaSparkContext spark,
            IcebergCatalog catalog,
            ReconcileConfig config,
            DatabaseConfig databaseConfig,
            Database database,
            Runs runs,
            CountingDocuments documents) {
        this.spark = spark;
        this.catalog = catalog;
        this.config = config;
        this.databaseConfig = databaseConfig;
        this.database = database;
        this.runs = runs;
        this.documents = documents;
    }

    /** Reconciles anew each time; the outcome replaces an earlier one of the same run. */
    public Reconciled reconcile(Run run) {
        Archived archived = runs.required(run, Archived.STEP);
        Recomputed recomputed = runs.required(run, Recomputed.STEP);
        try {
            GroupComparison comparison = compare(run, archived, recomputed);
            new ReconciliationTable(database).store(run, comparison);
            BucketComparison total =
                    comparison.buckets().values().stream().reduce(BucketComparison.NONE, BucketComparison::plus);
            Reconciled reconciled = new Reconciled(
                    comparison.buckets().size(),
                    total.rows(),
                    total.mismatches(),
                    total.reasons(),
                    total.explainedRows(),
                    comparison.differing());
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

    private GroupComparison compare(Run run, Archived archived, Recomputed recomputed) {
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
        GroupComparison all = new GroupComparison();
        spark.parallelize(groups, groups.size())
                .map(group -> reconciler.reconcile(shipped, group))
                .collect()
                .forEach(all::plus);
        comparePublished(run, shipped.rows(), files).forEach(all::plus);
        return all;
    }

    /** Once the run is published, what PostgreSQL serves of it has to be the run's rows as well. */
    private List<GroupComparison> comparePublished(Run run, Table counts, Map<Integer, List<DataFile>> files) {
        if (!isPublished(run)) {
            return List.of();
        }
        Map<Integer, List<String>> accounts = publishedAccounts(run);
        List<PublishedGroup> groups = new ArrayList<>();
        for (int number = 0; number < config.partitions(); number++) {
            groups.add(new PublishedGroup(
                    files.getOrDefault(number, List.of()), accounts.getOrDefault(number, List.of())));
        }
        PublishedComparison comparison =
                new PublishedComparison(TaskDatabase.of(databaseConfig), run.number(), documents);
        return spark.parallelize(groups, groups.size())
                .map(group -> comparison.compare(counts, group.files(), group.accounts()))
                .collect();
    }

    private record PublishedGroup(List<DataFile> files, List<String> accounts) implements Serializable {}

    private boolean isPublished(Run run) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM published.generation WHERE run_id = :run)")
                .bind("run", run.id())
                .mapTo(Boolean.class)
                .one());
    }

    /** The accounts that PostgreSQL has rows of in a run, by partition number. */
    private Map<Integer, List<String>> publishedAccounts(Run run) {
        Map<Integer, List<String>> accounts = new HashMap<>();
        database.jdbi().useHandle(handle -> handle.createQuery(
                        "SELECT DISTINCT account FROM published.batch_count WHERE run_number = :run")
                .bind("run", run.number())
                .mapTo(String.class)
                .forEach(account -> accounts.computeIfAbsent(
                                Partitioning.partitionOf(account, config.partitions()), ignored -> new ArrayList<>())
                        .add(account)));
        return accounts;
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
}
