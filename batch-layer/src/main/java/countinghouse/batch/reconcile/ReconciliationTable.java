package countinghouse.batch.reconcile;

import countinghouse.batch.run.Run;
import countinghouse.kit.database.Database;
import countinghouse.kit.http.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What the reconciliation of a run came to, in {@code published.reconciliation} and {@code published.reconciliation_row}. */
final class ReconciliationTable {
    private final Database database;

    ReconciliationTable(Database database) {
        this.database = database;
    }

    /** Replaces what an earlier reconciliation of the run found. */
    void store(Run run, GroupComparison comparison) {
        database.jdbi().useTransaction(handle -> {
            for (String table : List.of("reconciliation", "reconciliation_row")) {
                handle.createUpdate("DELETE FROM published.<table> WHERE run_id = :run")
                        .define("table", table)
                        .bind("run", run.id())
                        .execute();
            }
            insertBuckets(handle, run, comparison);
            insertRows(handle, run, comparison);
        });
    }

    private static void insertBuckets(Handle handle, Run run, GroupComparison comparison) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO published.reconciliation (run_id, bucket, rows_compared, mismatches, reasons)
                VALUES (:run, :bucket, :rows, :mismatches, CAST(:reasons AS jsonb))""");
        comparison.buckets().forEach((bucketMs, bucket) -> batch.bind("run", run.id())
                .bind("bucket", time(Instant.ofEpochMilli(bucketMs)))
                .bind("rows", bucket.rows())
                .bind("mismatches", bucket.mismatches())
                .bind("reasons", Json.text(listed(bucket)))
                .add());
        batch.execute();
    }

    private static void insertRows(Handle handle, Run run, GroupComparison comparison) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO published.reconciliation_row
                    (run_id, bucket, meter, account, dimensions, cell, source_partition, reason, expected, found)
                VALUES (:run, :bucket, :meter, :account, :dimensions, :cell, :partition, :reason, :expected, :found)""");
        for (DifferingRow row : comparison.differing()) {
            batch.bind("run", run.id())
                    .bind("bucket", time(row.bucket()))
                    .bind("meter", row.meter())
                    .bind("account", row.account())
                    .bind("dimensions", row.dimensions())
                    .bind("cell", time(row.cell()))
                    .bind("partition", row.partition())
                    .bind("reason", row.reason())
                    .bind("expected", row.expected())
                    .bind("found", row.found())
                    .add();
        }
        batch.execute();
    }

    /** Explained differences are listed beside the others, and are no mismatches. */
    private static Map<String, Long> listed(BucketComparison bucket) {
        Map<String, Long> listed = new TreeMap<>(bucket.reasons());
        listed.putAll(bucket.explained());
        return listed;
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
