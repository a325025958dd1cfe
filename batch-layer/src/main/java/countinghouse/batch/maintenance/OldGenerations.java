package countinghouse.batch.maintenance;

import countinghouse.batch.generation.Generations;
import countinghouse.kit.database.Database;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Generations that nobody can go back to: neither a reader nor a rollback nor a bill. Their numbers are not used again, and what was published under them
 * remains in the audit ledger; their rows go where no other generation has them (design.md, section 6; ADR 0136).
 */
final class OldGenerations {
    private static final String OLD = """
            WITH RECURSIVE line AS (
              SELECT g.number, g.parent, 0 AS steps
              FROM published.pointer p JOIN published.generation g ON g.number = p.generation
              UNION ALL
              SELECT g.number, g.parent, line.steps + 1
              FROM line JOIN published.generation g ON g.number = line.parent WHERE line.steps < :before
            )
            SELECT g.number FROM published.generation g
            WHERE g.number < (SELECT min(number) FROM line) AND g.published_at < :since AND g.number <> ALL(:billed)
            ORDER BY g.number""";

    /** What runs have counted for days that only these generations take from them. */
    private static final String DELETE_ROWS = """
            DELETE FROM <table> r USING (
              SELECT run_number, ingest_day FROM published.generation_day WHERE generation = ANY(:old)
              EXCEPT
              SELECT run_number, ingest_day FROM published.generation_day WHERE generation <> ALL(:old)
            ) AS gone
            WHERE r.run_number = gone.run_number AND r.ingest_day = gone.ingest_day""";

    private static final String BILLING_IS_THERE = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_tables WHERE schemaname = 'billing' AND tablename = 'document')""";
    private static final String BILLED =
            "SELECT generation FROM billing.period_close UNION SELECT generation FROM billing.document";

    private final Database database;

    OldGenerations(Database database) {
        this.database = database;
    }

    /**
     * What was dropped.
     *
     * @param rows in PostgreSQL
     */
    record Dropped(int generations, long rows) {}

    /** Drops them; where it cannot be asked what bills name, nothing is dropped and the database's error escapes. */
    Dropped drop(KeptGenerations kept) {
        return database.jdbi().inTransaction(handle -> {
            Generations.lockPointer(handle);
            List<Long> old = old(handle, kept);
            return new Dropped(old.size(), old.isEmpty() ? 0 : drop(handle, old));
        });
    }

    private static List<Long> old(Handle handle, KeptGenerations kept) {
        boolean isBilled =
                handle.createQuery(BILLING_IS_THERE).mapTo(Boolean.class).one();
        List<Long> billed =
                isBilled ? handle.createQuery(BILLED).mapTo(Long.class).list() : List.of();
        return handle.createQuery(OLD)
                .bind("before", kept.before())
                .bind("since", OffsetDateTime.ofInstant(kept.since(), ZoneOffset.UTC))
                .bindArray("billed", Long.class, new ArrayList<>(billed))
                .mapTo(Long.class)
                .list();
    }

    private static long drop(Handle handle, List<Long> old) {
        update(handle, DELETE_ROWS, "published.batch_day_total", old);
        long rows = update(handle, DELETE_ROWS, "published.batch_count", old);
        for (String table : List.of("published.generation_day", "published.conservation")) {
            update(handle, "DELETE FROM <table> WHERE generation = ANY(:old)", table, old);
        }
        update(handle, "DELETE FROM <table> WHERE number = ANY(:old)", "published.generation", old);
        return rows;
    }

    private static long update(Handle handle, String sql, String table, List<Long> old) {
        return handle.createUpdate(sql)
                .define("table", table)
                .bindArray("old", Long.class, new ArrayList<>(old))
                .execute();
    }
}
