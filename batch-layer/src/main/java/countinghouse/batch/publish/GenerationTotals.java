package countinghouse.batch.publish;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Keeps the total of each meter, account and combination of dimensions with each generation, so that nobody has to add up a history to read it (ADR 0106). Costs by
 * what a run counted, not by what lies before it: the parent's total, less the days that are replaced, plus the days that replace them.
 */
final class GenerationTotals {
    private static final String DAYS_OF_RUN = """
            INSERT INTO published.batch_day_total
                (run_number, ingest_day, meter, account, dimensions, n, value, first_cell, last_cell)
            SELECT run_number, ingest_day, meter, coalesce(account, ''), coalesce(dimensions, ''), sum(n),
                CASE WHEN meter = ANY(:minima) THEN min(value) WHEN meter = ANY(:maxima) THEN max(value) ELSE sum(value) END,
                min(cell), max(cell)
            FROM published.batch_count
            WHERE run_number = :run AND meter <> ALL(:unique)
            GROUP BY run_number, ingest_day, meter, CUBE (account, dimensions)""";

    private static final String RUNS_WITHOUT_TOTALS = """
            SELECT DISTINCT d.run_number FROM published.generation_day d
            WHERE d.generation = :generation
              AND NOT EXISTS (SELECT 1 FROM published.batch_day_total t WHERE t.run_number = d.run_number)""";

    /**
     * A minimum or maximum cannot be taken back. It stands unless a replaced day had it and no day that replaces it has; then the account's days
     * are looked through.
     */
    private static final String TOTALS = """
            WITH removed_day AS (
                SELECT ingest_day, run_number FROM published.generation_day WHERE generation = :base
                EXCEPT SELECT ingest_day, run_number FROM published.generation_day WHERE generation = :generation
            ), added_day AS (
                SELECT ingest_day, run_number FROM published.generation_day WHERE generation = :generation
                EXCEPT SELECT ingest_day, run_number FROM published.generation_day WHERE generation = :base
            ), change AS (
                SELECT t.meter, t.account, t.dimensions,
                    coalesce(sum(t.n) FILTER (WHERE c.added), 0) - coalesce(sum(t.n) FILTER (WHERE NOT c.added), 0) AS n,
                    coalesce(sum(t.value) FILTER (WHERE c.added), 0) - coalesce(sum(t.value) FILTER (WHERE NOT c.added), 0) AS value,
                    min(t.value) FILTER (WHERE c.added) AS added_min, min(t.value) FILTER (WHERE NOT c.added) AS removed_min,
                    max(t.value) FILTER (WHERE c.added) AS added_max, max(t.value) FILTER (WHERE NOT c.added) AS removed_max,
                    min(t.first_cell) FILTER (WHERE c.added) AS added_first, min(t.first_cell) FILTER (WHERE NOT c.added) AS removed_first,
                    max(t.last_cell) FILTER (WHERE c.added) AS added_last, max(t.last_cell) FILTER (WHERE NOT c.added) AS removed_last
                FROM (SELECT *, true AS added FROM added_day UNION ALL SELECT *, false FROM removed_day) c
                JOIN published.batch_day_total t USING (run_number, ingest_day)
                GROUP BY t.meter, t.account, t.dimensions
            ), before AS (
                SELECT DISTINCT ON (t.meter, t.account, t.dimensions) t.*
                FROM change c JOIN published.batch_total t USING (meter, account, dimensions)
                JOIN published.totals_kept k ON k.generation = :base
                WHERE t.generation <= k.generation AND t.generation <> ALL(k.abandoned)
                ORDER BY t.meter, t.account, t.dimensions, t.generation DESC
            ), merged AS (
                SELECT meter, account, dimensions,
                    coalesce(b.n, 0) + c.n AS n,
                    CASE WHEN meter = ANY(:minima) THEN least(b.value, c.added_min)
                         WHEN meter = ANY(:maxima) THEN greatest(b.value, c.added_max)
                         ELSE coalesce(b.value, 0) + c.value END AS value,
                    least(b.first_cell, c.added_first) AS first_cell,
                    greatest(b.last_cell, c.added_last) AS last_cell,
                    (meter = ANY(:minima) AND c.removed_min <= b.value AND (c.added_min IS NULL OR c.added_min > c.removed_min))
                        OR (meter = ANY(:maxima) AND c.removed_max >= b.value AND (c.added_max IS NULL OR c.added_max < c.removed_max))
                        OR (c.removed_first <= b.first_cell AND (c.added_first IS NULL OR c.added_first > c.removed_first))
                        OR (c.removed_last >= b.last_cell AND (c.added_last IS NULL OR c.added_last < c.removed_last)) AS is_exposed
                FROM change c LEFT JOIN before b USING (meter, account, dimensions)
            )
            INSERT INTO published.batch_total (generation, meter, account, dimensions, n, value, first_cell, last_cell)
            SELECT :generation, m.meter, m.account, m.dimensions, m.n,
                CASE WHEN m.n = 0 THEN NULL
                     WHEN NOT coalesce(m.is_exposed, false) OR m.meter <> ALL(:minima || :maxima) THEN m.value
                     WHEN m.meter = ANY(:minima) THEN d.min ELSE d.max END,
                CASE WHEN coalesce(m.is_exposed, false) THEN d.first_cell ELSE m.first_cell END,
                CASE WHEN coalesce(m.is_exposed, false) THEN d.last_cell ELSE m.last_cell END
            FROM merged m
            LEFT JOIN LATERAL (
                SELECT min(t.value), max(t.value), min(t.first_cell) AS first_cell, max(t.last_cell) AS last_cell
                FROM published.generation_day g JOIN published.batch_day_total t USING (run_number, ingest_day)
                WHERE m.is_exposed AND g.generation = :generation AND t.meter = m.meter AND t.account = m.account
                    AND t.dimensions = m.dimensions
            ) d ON true""";

    /** The parent, what the parent replaced and what was rolled back between: a rollback, or a reader that is a moment late, goes there. */
    private static final String KEEP = """
            INSERT INTO published.totals_kept (generation, abandoned)
            SELECT :generation,
                coalesce((SELECT abandoned FROM published.totals_kept WHERE generation = :parent), '{}')
                    || ARRAY(SELECT number FROM published.generation WHERE number > :parent AND number < :generation)""";

    private static final String FORGET = """
            DELETE FROM published.totals_kept
            WHERE generation < coalesce((SELECT parent FROM published.generation WHERE number = :parent), 0)""";

    /** Of the accounts that this generation gave a new total; the others were looked at when they last got one. */
    private static final String PRUNE = """
            DELETE FROM published.batch_total old
            USING published.batch_total changed
            WHERE changed.generation = :generation AND old.meter = changed.meter AND old.account = changed.account
              AND old.dimensions = changed.dimensions
              AND old.generation < :generation
              AND NOT EXISTS (
                SELECT 1 FROM published.totals_kept k
                WHERE old.generation <= k.generation AND old.generation <> ALL(k.abandoned)
                  AND NOT EXISTS (
                    SELECT 1 FROM published.batch_total newer
                    WHERE newer.meter = old.meter AND newer.account = old.account AND newer.dimensions = old.dimensions
                      AND newer.generation > old.generation
                      AND newer.generation <= k.generation AND newer.generation <> ALL(k.abandoned)))""";

    private static final long NONE = 0;

    private final List<String> minima;
    private final List<String> maxima;
    private final List<String> unique;

    GenerationTotals(MeterCatalog meters) {
        minima = slugs(meters, Aggregation.MIN);
        maxima = slugs(meters, Aggregation.MAX);
        unique = slugs(meters, Aggregation.UNIQUE_COUNT);
    }

    /** Sums up the rows of a run, which are all copied; nobody sees that before a generation names the run. */
    void addDays(Handle handle, long runNumber) {
        bindMeters(handle.createUpdate(DAYS_OF_RUN))
                .bind("run", runNumber)
                .bindArray("unique", String.class, unique)
                .execute();
    }

    /** Forgets the sums of a run whose rows are copied anew. */
    void discardDays(Handle handle, long runNumber) {
        handle.createUpdate("DELETE FROM published.batch_day_total WHERE run_number = :run")
                .bind("run", runNumber)
                .execute();
    }

    /**
     * Writes the totals of a generation whose days are named, under the lock on the pointer.
     *
     * @param parent null for the first generation
     */
    void add(Handle handle, long generation, Long parent) {
        boolean hasBase = parent != null
                && handle.createQuery("SELECT EXISTS (SELECT 1 FROM published.totals_kept WHERE generation = :parent)")
                        .bind("parent", parent)
                        .mapTo(Boolean.class)
                        .one();
        if (!hasBase) {
            handle.createQuery(RUNS_WITHOUT_TOTALS)
                    .bind("generation", generation)
                    .mapTo(Long.class)
                    .list()
                    .forEach(run -> addDays(handle, run));
        }
        bindMeters(handle.createUpdate(TOTALS))
                .bind("generation", generation)
                .bind("base", hasBase ? parent : NONE)
                .execute();
        long known = parent == null ? NONE : parent;
        handle.createUpdate(KEEP)
                .bind("generation", generation)
                .bind("parent", known)
                .execute();
        handle.createUpdate(FORGET).bind("parent", known).execute();
        handle.createUpdate(PRUNE).bind("generation", generation).execute();
    }

    private <T extends SqlStatement<T>> T bindMeters(T statement) {
        return statement.bindArray("minima", String.class, minima).bindArray("maxima", String.class, maxima);
    }

    private static List<String> slugs(MeterCatalog meters, Aggregation aggregation) {
        return meters.meters().stream()
                .filter(meter -> meter.aggregation() == aggregation)
                .map(Meter::slug)
                .toList();
    }
}
