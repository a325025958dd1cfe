package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.DocumentTotals;
import countinghouse.billing.SqlTime;
import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.DocumentKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Invoices and pay-out statements as they are stored. */
public final class Documents {
    private final Jdbi jdbi;

    public Documents(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A document with its lines.
     *
     * @throws BillingException if there is none
     */
    public Document get(String id) {
        return jdbi.withHandle(handle -> find(handle, id))
                .orElseThrow(() -> new BillingException(
                        BillingError.UNKNOWN_DOCUMENT, "There is no invoice or pay-out '%s'".formatted(id)));
    }

    /**
     * Documents after an id, in the order of ids, with their lines.
     *
     * @param filter which of them
     */
    public List<Document> page(DocumentFilter filter, String after, int limit) {
        return jdbi.withHandle(handle -> withLines(
                handle,
                handle.createQuery("""
                        SELECT * FROM billing.document
                        WHERE kind = :kind AND id COLLATE "C" > :after
                          AND (:account::text IS NULL OR account = :account)
                          AND (:accounts::text[] IS NULL OR account = ANY(:accounts))
                          AND (:period::text IS NULL OR period = :period)
                          AND (:status::text IS NULL OR status = :status)
                        ORDER BY id COLLATE "C" LIMIT :limit
                        """)
                        .bind("kind", filter.kind().label())
                        .bind("after", after)
                        .bind("account", filter.account().orElse(null))
                        .bindByType(
                                "accounts",
                                filter.visibleAccounts()
                                        .map(set -> set.toArray(String[]::new))
                                        .orElse(null),
                                String[].class)
                        .bind("period", filter.period().orElse(null))
                        .bind(
                                "status",
                                filter.status().map(DocumentStatus::label).orElse(null))
                        .bind("limit", limit)));
    }

    /** The documents of a period that stand, with their lines, in the order of sequences. */
    List<Document> standing(Handle handle, DocumentKind kind, String period, Collection<String> accounts) {
        return withLines(
                handle,
                handle.createQuery("""
                                SELECT * FROM billing.document
                                WHERE account = ANY(:accounts) AND kind = :kind AND period = :period AND status <> 'void'
                                ORDER BY account COLLATE "C", sequence
                                """)
                        .bindArray("accounts", String.class, accounts.toArray())
                        .bind("kind", kind.label())
                        .bind("period", period));
    }

    /** How many documents of a kind a period has, and what they come to by currency; void ones left out. */
    public DocumentTotals totals(DocumentKind kind, String period) {
        return jdbi.withHandle(handle -> {
            Map<String, BigDecimal> totals = new TreeMap<>();
            long[] count = new long[1];
            handle.createQuery("""
                            SELECT currency, count(*) AS documents, sum(total) AS total FROM billing.document
                            WHERE kind = :kind AND period = :period AND status <> 'void' GROUP BY currency
                            """)
                    .bind("kind", kind.label())
                    .bind("period", period)
                    .map((row, context) -> {
                        totals.put(row.getString("currency"), row.getBigDecimal("total"));
                        return row.getLong("documents");
                    })
                    .forEach(found -> count[0] += found);
            return new DocumentTotals(count[0], totals);
        });
    }

    /** Amounts of lines by {@code DOCUMENT/N}; a line that is not there has none. */
    public Map<String, BigDecimal> amounts(Collection<String> lines) {
        return jdbi.withHandle(handle -> {
            Map<String, BigDecimal> amounts = new TreeMap<>();
            handle.createQuery("""
                            SELECT l.document || '/' || l.n AS name, l.amount FROM billing.document_line l
                            WHERE l.document = ANY(:documents)
                            """)
                    .bindArray(
                            "documents",
                            String.class,
                            lines.stream()
                                    .map(line -> line.substring(0, line.indexOf('/')))
                                    .distinct()
                                    .toArray())
                    .map((row, context) -> Map.entry(row.getString("name"), row.getBigDecimal("amount")))
                    .forEach(entry -> amounts.put(entry.getKey(), entry.getValue()));
            amounts.keySet().retainAll(Set.copyOf(lines));
            return amounts;
        });
    }

    /** Moves documents that still have a status on to another; the ids of those that were moved. */
    Set<String> move(Handle handle, Collection<String> ids, DocumentStatus from, DocumentStatus to) {
        return Set.copyOf(handle.createQuery("""
                        UPDATE billing.document SET status = :to WHERE id = ANY(:ids) AND status = :from RETURNING id
                        """)
                .bindArray("ids", String.class, ids.toArray())
                .bind("from", from.label())
                .bind("to", to.label())
                .mapTo(String.class)
                .list());
    }

    private static Optional<Document> find(Handle handle, String id) {
        return withLines(
                        handle,
                        handle.createQuery("SELECT * FROM billing.document WHERE id = :id")
                                .bind("id", id))
                .stream()
                .findFirst();
    }

    /** Documents of a query, with the lines of all of them in one more. */
    private static List<Document> withLines(Handle handle, Query query) {
        List<Document> documents =
                query.map((row, context) -> document(row, List.of())).list();
        Map<String, List<DocumentLine>> lines = new HashMap<>();
        handle.createQuery("""
                        SELECT l.document, l.n, l.amount, l.content::text AS content, e.list_digest
                        FROM billing.document_line l LEFT JOIN billing.line_evidence e USING (document, n)
                        WHERE l.document = ANY(:ids) ORDER BY l.document, l.n
                        """)
                .bindArray(
                        "ids",
                        String.class,
                        documents.stream().map(Document::id).toArray())
                .map((row, context) -> Map.entry(
                        row.getString("document"),
                        new DocumentLine(
                                row.getInt("n"),
                                row.getBigDecimal("amount"),
                                LineJson.read(row.getString("content")),
                                Optional.ofNullable(row.getBytes("list_digest")).map(HexFormat.of()::formatHex))))
                .forEach(line -> lines.computeIfAbsent(line.getKey(), absent -> new ArrayList<>())
                        .add(line.getValue()));
        return documents.stream()
                .map(document -> document.withLines(lines.getOrDefault(document.id(), List.of())))
                .toList();
    }

    private static Document document(ResultSet row, List<DocumentLine> lines) throws SQLException {
        return new Document(
                row.getString("id"),
                row.getString("account"),
                DocumentKind.of(row.getString("kind")),
                row.getString("period"),
                new TimeRange(SqlTime.read(row, "period_from"), SqlTime.read(row, "period_to")),
                row.getInt("sequence"),
                DocumentStatus.of(row.getString("status")),
                row.getString("currency"),
                row.getBigDecimal("total"),
                row.getLong("generation"),
                row.getString("run_id"),
                row.getBytes("digest"),
                SqlTime.read(row, "created_at"),
                lines);
    }
}
