package countinghouse.serving.publication;

import countinghouse.serving.publication.PublishedFigures.Compared;
import countinghouse.serving.publication.PublishedFigures.Days;
import countinghouse.serving.publication.PublishedFigures.Gate;
import countinghouse.serving.publication.PublishedFigures.Proof;
import countinghouse.serving.publication.PublishedFigures.Served;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads the figures: a few rows by their keys, however long the history is. */
final class PublishedFiguresQuery {
    private static final int TIMEOUT_SECONDS = 5;

    private static final String SERVED = """
            SELECT number, published_at, closed_through
            FROM published.generation JOIN published.pointer p ON p.generation = number""";

    /** A verdict is recorded before the gate fails, so the newest run tells even though it published nothing. */
    private static final String GATES = """
            SELECT substr(key, 6), jsonb_array_length(value -> 'failures'), coalesce(jsonb_array_length(value -> 'warnings'), 0)
            FROM jsonb_each((SELECT state FROM published.run ORDER BY run_number DESC LIMIT 1))
            WHERE key LIKE 'gate %'""";

    private static final String COMPARED = """
            SELECT sum(rows_compared)::bigint, sum(mismatches)::bigint FROM published.reconciliation
            WHERE run_id = (SELECT run_id FROM published.run r
                WHERE EXISTS (SELECT 1 FROM published.reconciliation c WHERE c.run_id = r.run_id)
                ORDER BY run_number DESC LIMIT 1)
            HAVING count(*) > 0""";

    private static final String PROOF = """
            SELECT max(proved_at), count(*) FILTER (WHERE NOT holds) FROM published.proof
            WHERE number = (SELECT max(number) FROM published.proof) HAVING count(*) > 0""";

    private static final String DAYS = """
            SELECT t.meter, sum(t.value) FILTER (WHERE t.ingest_day = :last), sum(t.value) FILTER (WHERE t.ingest_day = :before)
            FROM published.generation_day d JOIN published.batch_day_total t USING (run_number, ingest_day)
            WHERE d.generation = :generation AND t.meter = ANY(:meters) AND t.account = '' AND t.dimensions = ''
              AND t.ingest_day IN (:last, :before)
            GROUP BY t.meter""";

    private final Supplier<Jdbi> published;
    private final Collection<String> meters;

    /**
     * @param published the database, as long as it answers
     * @param meters whose daily values are asked for
     */
    PublishedFiguresQuery(Supplier<Jdbi> published, Collection<String> meters) {
        this.published = published;
        this.meters = meters;
    }

    PublishedFigures read() {
        return published.get().withHandle(handle -> {
            Optional<Served> served =
                    one(handle, SERVED, (row, context) -> new Served(row.getLong(1), instant(row, 2), instant(row, 3)));
            return new PublishedFigures(
                    served,
                    gates(handle),
                    one(handle, COMPARED, (row, context) -> new Compared(row.getLong(1), row.getLong(2))),
                    one(handle, PROOF, (row, context) -> new Proof(instant(row, 1), row.getLong(2))),
                    served.map(generation -> days(handle, generation)).orElse(Map.of()));
        });
    }

    private static <T> Optional<T> one(Handle handle, String sql, RowMapper<T> mapper) {
        return handle.createQuery(sql)
                .setQueryTimeout(TIMEOUT_SECONDS)
                .map(mapper)
                .findOne();
    }

    private static Map<String, Gate> gates(Handle handle) {
        Map<String, Gate> gates = new HashMap<>();
        handle.createQuery(GATES)
                .setQueryTimeout(TIMEOUT_SECONDS)
                .map((row, context) -> gates.put(row.getString(1), new Gate(row.getInt(2), row.getInt(3))))
                .list();
        return gates;
    }

    private Map<String, Days> days(Handle handle, Served generation) {
        LocalDate last =
                LocalDate.ofInstant(generation.closedThrough(), ZoneOffset.UTC).minusDays(1);
        Map<String, Days> days = new HashMap<>();
        handle.createQuery(DAYS)
                .setQueryTimeout(TIMEOUT_SECONDS)
                .bind("generation", generation.number())
                .bindArray("meters", String.class, meters)
                .bind("last", last)
                .bind("before", last.minusDays(1))
                .map((row, context) -> days.put(row.getString(1), new Days(number(row, 2), number(row, 3))))
                .list();
        return days;
    }

    /** Nothing was counted on a day without a row. */
    private static double number(ResultSet row, int column) throws SQLException {
        return row.getDouble(column);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
