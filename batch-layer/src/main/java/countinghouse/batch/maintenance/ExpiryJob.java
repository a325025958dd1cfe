package countinghouse.batch.maintenance;

import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.publish.PublishJob;
import countinghouse.batch.publish.Tags;
import countinghouse.batch.run.AdvisoryLock;
import countinghouse.kit.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Removes what nobody can need: old generations, rows of runs that no generation names, snapshots that neither a tag nor a generation
 * holds, and files that no snapshot has. Generations that bills name are kept, so what a bill may be disputed from stays.
 */
public final class ExpiryJob {
    private final SparkSession spark;
    private final IcebergCatalog catalog;
    private final Database database;

    public ExpiryJob(SparkSession spark, IcebergCatalog catalog, Database database) {
        this.spark = spark;
        this.catalog = catalog;
        this.database = database;
    }

    /**
     * Removes it.
     *
     * @param cutoff nothing that is younger is touched; earlier than the start of any run that is under way
     * @param kept which generations are not old
     */
    public Expired expire(Instant cutoff, KeptGenerations kept) {
        try (AdvisoryLock maintenance = AdvisoryLock.take(database, CompactionJob.LOCK);
                // Publishing copies rows before it names their run, so the two exclude each other.
                AdvisoryLock publish = AdvisoryLock.take(database, PublishJob.LOCK)) {
            OldGenerations.Dropped dropped = new OldGenerations(database).drop(kept);
            GarbageRuns garbage = new GarbageRuns(database);
            List<Long> runs = garbage.before(cutoff);
            Map<String, Table> tables = catalog.existing();
            Set<Long> generations = new Generations(database)
                    .list().stream().map(Generation::number).collect(Collectors.toSet());
            tables.forEach((name, table) -> {
                Tags.removeDropped(table, generations);
                if (name.startsWith("counts.")) {
                    deleteRows(table, runs);
                }
            });
            long rows = dropped.rows() + garbage.deleteRows(runs);
            AtomicLong snapshots = new AtomicLong();
            AtomicLong files = new AtomicLong();
            SnapshotsInUse inUse = SnapshotsInUse.of(database, cutoff);
            tables.forEach((name, table) -> {
                snapshots.addAndGet(expire(table, inUse.unneeded(name, table), files));
                files.addAndGet(deleteOrphans(table, cutoff));
            });
            return new Expired(dropped.generations(), runs.size(), rows, snapshots.get(), files.get());
        }
    }

    private static void deleteRows(Table counts, List<Long> runs) {
        if (runs.isEmpty()) {
            return;
        }
        Expression ofRuns = Expressions.in(CountsSchema.RUN_NUMBER, runs.toArray());
        try (CloseableIterable<FileScanTask> files =
                counts.newScan().filter(ofRuns).planFiles()) {
            if (!files.iterator().hasNext()) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot plan the files of %s".formatted(counts.name()), e);
        }
        counts.newDelete().deleteFromRowFilter(ofRuns).commit();
        counts.refresh();
    }

    private static int expire(Table table, List<Long> snapshots, AtomicLong files) {
        if (snapshots.isEmpty()) {
            return 0;
        }
        // Only what is named goes: the age that Iceberg would add by itself is set to the beginning of time.
        ExpireSnapshots expire = table.expireSnapshots().expireOlderThan(0).deleteWith(file -> {
            table.io().deleteFile(file);
            files.incrementAndGet();
        });
        snapshots.forEach(expire::expireSnapshotId);
        expire.commit();
        table.refresh();
        return snapshots.size();
    }

    /** Files that attempts left behind which died before their commit. */
    private long deleteOrphans(Table table, Instant cutoff) {
        long[] deleted = {0};
        SparkActions.get(spark)
                .deleteOrphanFiles(table)
                .olderThan(cutoff.toEpochMilli())
                .execute()
                .orphanFileLocations()
                .forEach(file -> deleted[0]++);
        return deleted[0];
    }
}
