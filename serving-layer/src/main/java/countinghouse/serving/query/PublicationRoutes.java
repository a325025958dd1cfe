package countinghouse.serving.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import countinghouse.serving.merge.MergedCounts;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What the batch layer published, and how it compared with the speed layer. */
public final class PublicationRoutes {
    private static final int TIMEOUT_SECONDS = 10;
    private static final String GENERATIONS = """
            SELECT g.number, g.parent, g.run_id, g.closed_through, g.published_at, g.published_by,
                   g.number = (SELECT p.generation FROM published.pointer p) AS served
            FROM published.generation g ORDER BY g.number DESC LIMIT 100
            """;
    private static final String RECONCILIATION = """
            SELECT r.run_id, max(g.number), count(*), min(r.bucket), max(r.bucket), sum(r.rows_compared)::bigint,
                   sum(r.mismatches)::bigint,
                   coalesce(jsonb_agg(jsonb_build_object('bucket', r.bucket, 'mismatches', r.mismatches, 'reasons', r.reasons)
                            ORDER BY r.bucket) FILTER (WHERE r.reasons <> '{}'), '[]')::text
            FROM published.reconciliation r
            LEFT JOIN published.generation g USING (run_id)
            LEFT JOIN published.run n USING (run_id)
            GROUP BY r.run_id ORDER BY max(n.run_number) DESC NULLS LAST LIMIT 20
            """;

    private static final String ROWS = """
            SELECT bucket, meter, account, dimensions, cell, source_partition, reason, expected, found
            FROM published.reconciliation_row WHERE run_id = :run
            ORDER BY bucket, meter, account, dimensions, cell, source_partition LIMIT 200
            """;

    private final MergedCounts counts;
    private final CountsExecutor executor;

    public PublicationRoutes(MergedCounts counts, CountsExecutor executor) {
        this.counts = counts;
        this.executor = executor;
    }

    /** Mounts the routes behind a handler that admits those who see every account. */
    public void mount(Router router, Handler<RoutingContext> staff) {
        router.get("/api/v1/generations")
                .handler(staff)
                .handler(context -> executor.answer(context, this::generations));
        router.get("/api/v1/reconciliation")
                .handler(staff)
                .handler(context -> executor.answer(context, this::reconciliation));
        router.get("/api/v1/reconciliation/:runId/rows")
                .handler(staff)
                .handler(context -> executor.answer(context, this::differingRows));
    }

    private Reply generations(RoutingContext context) {
        return Reply.json(Map.of("generations", rows(GENERATIONS, PublicationRoutes::generation)));
    }

    private Reply reconciliation(RoutingContext context) {
        return Reply.json(Map.of("runs", rows(RECONCILIATION, PublicationRoutes::run)));
    }

    private Reply differingRows(RoutingContext context) {
        String run = context.pathParam("runId");
        List<Map<String, Object>> rows = counts.published().withHandle(handle -> {
            List<Map<String, Object>> found = handle.createQuery(ROWS)
                    .bind("run", run)
                    .setQueryTimeout(TIMEOUT_SECONDS)
                    .map((row, ignored) -> differingRow(row))
                    .list();
            if (found.isEmpty()) {
                requireRun(handle, run);
            }
            return found;
        });
        return Reply.json(Map.of("rows", rows));
    }

    private static void requireRun(Handle handle, String run) {
        boolean known = handle.createQuery("SELECT EXISTS (SELECT 1 FROM published.reconciliation WHERE run_id = :run)")
                .bind("run", run)
                .setQueryTimeout(TIMEOUT_SECONDS)
                .mapTo(Boolean.class)
                .one();
        if (!known) {
            throw new ProblemException(
                    KitError.NOT_FOUND,
                    "No run '%s' compared the layers; /api/v1/reconciliation lists those that did".formatted(run));
        }
    }

    private List<Map<String, Object>> rows(String sql, RowReader reader) {
        return counts.published().withHandle(handle -> handle.createQuery(sql)
                .setQueryTimeout(TIMEOUT_SECONDS)
                .map((row, context) -> reader.read(row))
                .list());
    }

    private interface RowReader {
        Map<String, Object> read(ResultSet row) throws SQLException;
    }

    private static Map<String, Object> generation(ResultSet row) throws SQLException {
        Map<String, Object> generation = new LinkedHashMap<>();
        generation.put("number", row.getLong(1));
        generation.put("parent", row.getObject(2, Long.class));
        generation.put("runId", row.getString(3));
        generation.put("closedThrough", instant(row, 4));
        generation.put("publishedAt", instant(row, 5));
        generation.put("publishedBy", row.getString(6));
        generation.put("served", row.getBoolean(7));
        return generation;
    }

    private static Map<String, Object> run(ResultSet row) throws SQLException {
        Map<String, Object> run = new LinkedHashMap<>();
        long compared = row.getLong(6);
        long mismatches = row.getLong(7);
        run.put("runId", row.getString(1));
        run.put("generation", row.getObject(2, Long.class));
        run.put("buckets", row.getLong(3));
        run.put("firstBucket", instant(row, 4));
        run.put("lastBucket", instant(row, 5));
        run.put("rowsCompared", compared);
        run.put("mismatches", mismatches);
        run.put("accuracy", accuracy(compared, mismatches));
        run.put("differences", json(row.getString(8)));
        return run;
    }

    private static Map<String, Object> differingRow(ResultSet row) throws SQLException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bucket", instant(row, 1));
        fields.put("meter", row.getString(2));
        fields.put("account", row.getString(3));
        fields.put("dimensions", row.getString(4));
        fields.put("cell", instant(row, 5));
        fields.put("sourcePartition", row.getString(6));
        fields.put("reason", row.getString(7));
        fields.put("expected", row.getString(8));
        fields.put("found", row.getString(9));
        return fields;
    }

    /** Share of rows that agree; rounded down, so that one mismatch can never show as 1. Null if nothing was compared. */
    private static BigDecimal accuracy(long compared, long mismatches) {
        if (compared == 0) {
            return null;
        }
        return FreshnessFields.number(BigDecimal.valueOf(compared - mismatches)
                .divide(BigDecimal.valueOf(compared), new MathContext(9, RoundingMode.DOWN)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL gave a jsonb that is not JSON", e);
        }
    }
}
