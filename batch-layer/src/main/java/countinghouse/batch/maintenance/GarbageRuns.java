package countinghouse.batch.maintenance;

import countinghouse.kit.database.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Runs that no generation names: they failed, or were overtaken, and nobody is served from their rows. */
final class GarbageRuns {
    private final Database database;

    GarbageRuns(Database database) {
        this.database = database;
    }

    /** Numbers of those that began before a time; younger ones may still publish. */
    List<Long> before(Instant cutoff) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT r.run_number FROM published.run r
                        WHERE r.started_at < :cutoff
                          AND NOT EXISTS (SELECT FROM published.generation g WHERE g.run_id = r.run_id)
                          AND NOT EXISTS (SELECT FROM published.generation_day d WHERE d.run_number = r.run_number)
                        ORDER BY r.run_number""")
                .bind("cutoff", OffsetDateTime.ofInstant(cutoff, ZoneOffset.UTC))
                .mapTo(Long.class)
                .list());
    }

    /** Deletes the rows that such runs copied to PostgreSQL; how many there were. */
    long deleteRows(List<Long> runs) {
        return database.jdbi().inTransaction(handle -> delete(handle, runs));
    }

    private static long delete(Handle handle, List<Long> runs) {
        if (runs.isEmpty()) {
            return 0;
        }
        deleteFrom(handle, "published.batch_day_total", runs);
        return deleteFrom(handle, "published.batch_count", runs);
    }

    private static long deleteFrom(Handle handle, String table, List<Long> runs) {
        return handle.createUpdate("DELETE FROM <table> WHERE run_number = ANY(:runs)")
                .define("table", table)
                .bindArray("runs", Long.class, new ArrayList<>(runs))
                .execute();
    }
}
