package countinghouse.serving.batchview;

import countinghouse.metering.meter.Aggregation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The statement for a {@link BatchQuery}. Its text depends on which parts a query has; every value is a parameter. */
final class BatchSql {
    private final BatchQuery query;

    BatchSql(BatchQuery query) {
        this.query = query;
    }

    Query prepare(Handle handle, long generation) {
        Query prepared =
                handle.createQuery(text()).bind("generation", generation).bind("meter", query.meter());
        if (!query.accounts().all()) {
            prepared.bindArray("accounts", String.class, query.accounts().names());
        }
        if (query.range().hasStart()) {
            prepared.bind("from", time(query.range().fromMs()));
        }
        if (query.range().hasEnd()) {
            prepared.bind("to", time(query.range().toMs()));
        }
        int index = 0;
        for (Map.Entry<String, Set<String>> filter : query.where().entrySet()) {
            prepared.bind("name" + index, filter.getKey());
            prepared.bindArray("values" + index, String.class, filter.getValue());
            index++;
        }
        return prepared;
    }

    private String text() {
        List<String> kept = keptColumns();
        return "SELECT %s, %s, %s%n"
                        .formatted(
                                query.byAccount() ? "c.account" : "NULL",
                                query.byDimensions() ? "c.dimensions" : "NULL",
                                merged() ? columns(query.aggregation()) : "c.cell, c.cell, c.n, c.value, c.sketch")
                + "FROM published.generation_day d JOIN published.batch_count c USING (run_number, ingest_day)\n"
                + "WHERE d.generation = :generation AND c.meter = :meter"
                + String.join("", conditions())
                + (merged() ? grouping(kept) : "");
    }

    /** Whether PostgreSQL merges the rows; it cannot merge sketches, which come one by one. */
    private boolean merged() {
        return query.aggregation().isExact();
    }

    private static String grouping(List<String> kept) {
        return kept.isEmpty() ? "\nHAVING count(*) > 0" : "\nGROUP BY " + String.join(", ", kept);
    }

    private static String columns(Aggregation aggregation) {
        return "min(c.cell), max(c.cell), sum(c.n)::bigint, %s(c.value), NULL::bytea".formatted(function(aggregation));
    }

    private List<String> keptColumns() {
        Map<String, Boolean> columns = new LinkedHashMap<>();
        columns.put("c.account", query.byAccount());
        columns.put("c.dimensions", query.byDimensions());
        columns.put("c.cell", query.byCell());
        return columns.keySet().stream().filter(columns::get).toList();
    }

    private List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        if (!query.accounts().all()) {
            conditions.add(" AND c.account = ANY(:accounts)");
        }
        if (query.range().hasStart()) {
            conditions.add(" AND c.cell >= :from");
        }
        if (query.range().hasEnd()) {
            conditions.add(" AND c.cell < :to");
        }
        for (int index = 0; index < query.where().size(); index++) {
            conditions.add(" AND c.dimensions::jsonb ->> :name%d = ANY(:values%d)".formatted(index, index));
        }
        return conditions;
    }

    private static String function(Aggregation aggregation) {
        return switch (aggregation) {
            case COUNT, SUM -> "sum";
            case MIN -> "min";
            case MAX -> "max";
            case UNIQUE_COUNT -> throw new IllegalArgumentException("PostgreSQL cannot merge sketches");
        };
    }

    private static OffsetDateTime time(long ms) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(ms), ZoneOffset.UTC);
    }
}
