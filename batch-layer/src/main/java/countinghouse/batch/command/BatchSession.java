package countinghouse.batch.command;

import countinghouse.batch.archive.ArchiveJob;
import countinghouse.batch.archive.PartitionArchiver;
import countinghouse.batch.backup.BackupJob;
import countinghouse.batch.backup.RestoreJob;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.erasure.ErasureJob;
import countinghouse.batch.gate.CountsGate;
import countinghouse.batch.gate.QualityMetrics;
import countinghouse.batch.gate.RawGate;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.maintenance.CompactionJob;
import countinghouse.batch.maintenance.ExpiryJob;
import countinghouse.batch.proof.ProofJob;
import countinghouse.batch.proof.Proofs;
import countinghouse.batch.publish.PublishJob;
import countinghouse.batch.recompute.RecomputeJob;
import countinghouse.batch.reconcile.ReconcileJob;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.batch.seal.Seal;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.metering.schedule.CountingSchedule;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** Wires the steps of one process together. What a step needs starts when it is first asked for. */
public final class BatchSession implements AutoCloseable {
    private final BatchConfig config;
    private final String sparkMaster;
    private final Database database;
    private final Runs runs;
    private final Generations generations;
    private CompletableFuture<SparkRuntime> spark;
    private CompletableFuture<Void> warm;
    private IcebergCatalog catalog;

    private BatchSession(BatchConfig config, String sparkMaster) {
        this.config = config;
        this.sparkMaster = sparkMaster;
        this.database = Database.open(config.database());
        this.runs = new Runs(database);
        this.generations = new Generations(database, config.outcomePatience());
    }

    public static BatchSession open(BatchConfig config, String sparkMaster) {
        return new BatchSession(config, sparkMaster);
    }

    /** Starts Spark on another thread, for a caller that has other work before the first step that needs it. */
    void startSpark() {
        if (spark == null) {
            spark = CompletableFuture.supplyAsync(() -> SparkRuntime.start(sparkMaster, config.iceberg()));
            warm = spark.thenAcceptAsync(SparkRuntime::warmUp);
        }
    }

    public Runs runs() {
        return runs;
    }

    public Generations generations() {
        return generations;
    }

    public Seal seal() {
        return new Seal(config.kafka(), config.counting().bucketWidth(), Clock.systemUTC(), runs, generations);
    }

    public ArchiveJob archive(Run run) {
        PartitionArchiver archiver = new PartitionArchiver(
                config.kafka().bootstrapServers(),
                config.registryUrl(),
                config.counting().bucketWidth(),
                "run-" + run.number());
        return new ArchiveJob(spark().context(), catalog(), config.kafka(), archiver, database, runs);
    }

    public RawGate rawGate() {
        return new RawGate(spark().session(), runs, new QualityMetrics(database), config.gate());
    }

    public RecomputeJob recompute() {
        return new RecomputeJob(spark().context(), catalog(), generations, runs, config.counting(), config.documents());
    }

    public CountsGate countsGate() {
        return new CountsGate(spark().session(), runs, new QualityMetrics(database), config.gate(), config.documents());
    }

    public ReconcileJob reconcile() {
        return new ReconcileJob(
                spark().context(),
                catalog(),
                config.reconcile(),
                config.database(),
                database,
                runs,
                config.documents());
    }

    public PublishJob publish() {
        return new PublishJob(
                spark().context(),
                catalog(),
                config.database(),
                database,
                generations,
                runs,
                config.documents(),
                config.outcomePatience());
    }

    public ProofJob proof() {
        return new ProofJob(spark().context(), catalog(), config.kafka(), generations, new Proofs(database));
    }

    public CompactionJob compaction() {
        return new CompactionJob(spark().context(), catalog(), database);
    }

    ErasureJob erasure() {
        return new ErasureJob(
                spark().context(),
                catalog(),
                database,
                generations,
                CountingSchedule.of(config.documents()),
                config.reconcile().redisUrl());
    }

    public ExpiryJob expiry() {
        return new ExpiryJob(spark().session(), catalog(), database);
    }

    /** @param reader PostgreSQL in a role that may read everything */
    BackupJob backup(DatabaseConfig reader) {
        return new BackupJob(database, reader, catalog(), config.iceberg().warehouse());
    }

    /** @param owner PostgreSQL in the role of the schemas' owner */
    RestoreJob restore(DatabaseConfig owner) {
        return new RestoreJob(owner, catalog(), config.iceberg().warehouse());
    }

    private SparkRuntime spark() {
        startSpark();
        return spark.join();
    }

    private IcebergCatalog catalog() {
        if (catalog == null) {
            catalog = IcebergCatalog.open(config.iceberg());
        }
        return catalog;
    }

    @Override
    public void close() {
        if (spark != null && !spark.isCompletedExceptionally()) {
            warm.exceptionally(ignored -> null).join();
            spark().close();
        }
        if (catalog != null) {
            catalog.close();
        }
        database.close();
    }
}
