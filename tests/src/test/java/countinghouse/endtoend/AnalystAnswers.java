package countinghouse.endtoend;

import static countinghouse.endtoend.TrinoSession.plain;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.database.Database;
import countinghouse.local.demo.ApiClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The answers to the guide's questions, taken from the API or from PostgreSQL's own tables and never through Trino or its views. */
final class AnalystAnswers {
    private static final Comparator<Map.Entry<String, BigDecimal>> LARGEST_FIRST =
            Map.Entry.<String, BigDecimal>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final ApiClient api;
    private final Database owner;

    AnalystAnswers(ApiClient api, Database owner) {
        this.api = api;
        this.owner = owner;
    }

    /** Compares the rows of an answer with what they must be. */
    void check(int question, List<List<String>> rows) {
        switch (question) {
            case 1 -> assertThat(rows).isEqualTo(pairs(counts("views", "subject"), 5));
            case 2 -> assertThat(rows).isEqualTo(query("""
                        SELECT t.tier, d.currency, count(DISTINCT d.account), sum(d.total)
                        FROM billing.document d
                        JOIN LATERAL (SELECT tier FROM billing.tier_assignment
                                      WHERE account = d.account AND effective_from <= now()
                                      ORDER BY effective_from DESC LIMIT 1) t ON true
                        WHERE d.kind = 'invoice' AND d.status IN ('finalized', 'paid')
                        GROUP BY 1, 2 ORDER BY 4 DESC, 1"""));
            case 3 -> assertThat(rows).isEqualTo(query("""
                        SELECT d.account, d.id, l.n, l.content #> '{metered,n}', l.content #> '{metered,n}'
                        FROM billing.document_line l JOIN billing.document d ON d.id = l.document
                        WHERE d.kind = 'invoice' AND l.content #>> '{metered,meter}' = 'tickets_sold'
                        ORDER BY 1, 2"""));
            case 4 -> assertThat(rows).isEqualTo(query("""
                        SELECT topic, sum(archived - ticks), sum(duplicates),
                               round(100.0 * sum(duplicates) / sum(archived - ticks), 2)
                        FROM published.conservation JOIN published.pointer USING (generation)
                        GROUP BY 1 ORDER BY 1"""));
            case 5 ->
                assertThat(rows).isEqualTo(pairs(counts("excluded_views", "exclusion_reason"), Integer.MAX_VALUE));
            case 6 -> checkCountries(rows);
            case 7 ->
                assertThat(rows.stream().map(row -> List.of(row.get(0), row.get(2))))
                        .isEqualTo(Stream.of("billable_views", "views", "watch_seconds")
                                .map(meter -> List.of(meter, plain(sum(counts(meter, "subject")))))
                                .toList());
            case 8 -> assertThat(rows).isEqualTo(payouts());
            case 9 -> assertThat(rows).isEqualTo(query("""
                        SELECT c.meter, sum(c.value)
                        FROM published.batch_count c
                        JOIN published.generation_day d USING (run_number, ingest_day)
                        JOIN published.pointer p USING (generation)
                        WHERE c.sketch IS NULL
                          AND c.meter NOT IN (SELECT content #>> '{metered,meter}' FROM billing.document_line
                                              WHERE content ? 'metered')
                        GROUP BY 1 ORDER BY 1"""));
            case 10 -> assertThat(rows).isEqualTo(query("""
                        SELECT entry::jsonb ->> 'action', count(*), min(number), max(number)
                        FROM billing.ledger GROUP BY 1 ORDER BY 3"""));
            case 11 -> assertThat(rows).isEqualTo(reconciled());
            case 12 -> assertThat(rows).isEqualTo(query("""
                        SELECT d.id, l.number, l.entry::jsonb ->> 'action'
                        FROM (SELECT id FROM billing.document WHERE kind = 'invoice' ORDER BY total DESC, id LIMIT 1) d
                        JOIN billing.ledger_item i ON i.subject = 'invoice:' || d.id
                        JOIN billing.ledger l USING (number)
                        ORDER BY 2"""));
            case 13 ->
                assertThat(rows)
                        .isEqualTo(beside(
                                "tickets_served",
                                "tickets_no_show",
                                "offering_id",
                                Comparator.comparing(row -> row.get(0))));
            case 14 ->
                assertThat(rows)
                        .isEqualTo(beside(
                                "jobs_completed",
                                "jobs_failed",
                                "workflow_id",
                                Comparator.<List<String>, BigDecimal>comparing(row -> new BigDecimal(row.get(2)))
                                        .reversed()
                                        .thenComparing(row -> row.get(0))));
            case 15 ->
                assertThat(rows.stream().map(row -> row.subList(2, 5)))
                        .isEqualTo(evidence(rows.get(0).get(0), rows.get(0).get(1)));
            default -> throw new IllegalArgumentException("Nobody knows the answer to question " + question);
        }
        assertThat(rows).isNotEmpty();
    }

    private void checkCountries(List<List<String>> rows) {
        List<String> partitions = query("""
                SELECT sum(archived - ticks - undecodable), sum(archived - ticks - undecodable - duplicates)
                FROM published.conservation JOIN published.pointer USING (generation)
                WHERE topic = 'events.view'""").get(0);
        assertThat(rows).allSatisfy(row -> assertThat(row.get(0)).matches("[A-Z]{2}"));
        assertThat(List.of(sum(rows, 1), sum(rows, 2))).isEqualTo(partitions);
    }

    private List<List<String>> payouts() {
        Map<String, BigDecimal> views = counts("views", "subject");
        List<List<String>> expected = new ArrayList<>();
        for (List<String> payout : query("""
                SELECT account, total FROM billing.document
                WHERE kind = 'payout' AND status <> 'void' ORDER BY total DESC, account""")) {
            BigDecimal viewed = views.get(payout.get(0));
            if (viewed != null) {
                BigDecimal perThousand = new BigDecimal(payout.get(1))
                        .multiply(BigDecimal.valueOf(1000))
                        .divide(viewed, 2, RoundingMode.HALF_UP);
                expected.add(List.of(payout.get(0), payout.get(1), plain(viewed), plain(perThousand)));
            }
        }
        return expected.subList(0, 5);
    }

    private List<List<String>> reconciled() {
        List<List<String>> runs = new ArrayList<>();
        for (JsonNode run : api.get("/api/v1/reconciliation").get("runs")) {
            runs.add(List.of(
                    run.get("runId").asText(),
                    run.get("buckets").asText(),
                    run.get("rowsCompared").asText(),
                    run.get("mismatches").asText()));
        }
        runs.sort(Comparator.comparing(run -> run.get(0)));
        return runs;
    }

    private List<List<String>> beside(String first, String second, String dimension, Comparator<List<String>> order) {
        Map<String, BigDecimal> left = counts(first, dimension);
        Map<String, BigDecimal> right = counts(second, dimension);
        TreeMap<String, List<String>> rows = new TreeMap<>();
        Stream.concat(left.keySet().stream(), right.keySet().stream())
                .forEach(key -> rows.put(
                        key,
                        List.of(
                                key,
                                plain(left.getOrDefault(key, BigDecimal.ZERO)),
                                plain(right.getOrDefault(key, BigDecimal.ZERO)))));
        return rows.values().stream().sorted(order).toList();
    }

    /** Partition, offset and id of the events behind a line, as the API recomputes them from the archive. */
    private List<List<String>> evidence(String document, String line) {
        List<List<String>> events = new ArrayList<>();
        String path = "/api/v1/invoices/%s/lines/%s/events".formatted(document, line);
        String cursor = null;
        do {
            JsonNode page = api.get(cursor == null ? path : path + "?cursor=" + cursor);
            for (JsonNode event : page.get("data")) {
                events.add(List.of(
                        event.get("partition").asText(),
                        event.get("offset").asText(),
                        event.get("id").asText()));
            }
            cursor = page.path("nextCursor").asText(null);
        } while (cursor != null);
        return events;
    }

    /** What the API counts of a meter, by a dimension or by account. */
    Map<String, BigDecimal> counts(String meter, String dimension) {
        Map<String, BigDecimal> counts = new HashMap<>();
        for (JsonNode row : api.get("/api/v1/meters/%s/query?groupBy=%s".formatted(meter, dimension))
                .get("data")) {
            JsonNode key = dimension.equals("subject")
                    ? row.get("subject")
                    : row.get("groupBy").get(dimension);
            counts.merge(key.asText(), row.get("value").decimalValue(), BigDecimal::add);
        }
        return counts;
    }

    private static List<List<String>> pairs(Map<String, BigDecimal> counts, int limit) {
        return counts.entrySet().stream()
                .sorted(LARGEST_FIRST)
                .limit(limit)
                .map(entry -> List.of(entry.getKey(), plain(entry.getValue())))
                .toList();
    }

    private static BigDecimal sum(Map<String, BigDecimal> counts) {
        return counts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String sum(List<List<String>> rows, int column) {
        return plain(
                rows.stream().map(row -> new BigDecimal(row.get(column))).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private List<List<String>> query(String sql) {
        return owner.jdbi().withHandle(handle -> handle.createQuery(sql.replace("content ?", "content ??"))
                .map((row, context) -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(plain(row.getObject(i)));
                    }
                    return values;
                })
                .list());
    }
}
