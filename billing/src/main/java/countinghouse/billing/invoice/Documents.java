package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.TimeRange;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.plan.DocumentKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

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
        return jdbi.withHandle(handle -> handle.createQuery("""
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
                .bind("status", filter.status().map(DocumentStatus::label).orElse(null))
                .bind("limit", limit)
                .map((row, context) -> document(row, lines(handle, row.getString("id"))))
                .list());
    }

    /** Stores a document unless its place is taken; whether it was stored. */
    boolean insert(Handle handle, Document document) {
        int inserted = handle.createUpdate("""
                        INSERT INTO billing.document VALUES (:id, :account, :kind, :period, :from, :to, :sequence, :status,
                            :currency, :total, :generation, :runId, :digest, :createdAt)
                        ON CONFLICT DO NOTHING
                        """)
                .bind("id", document.id())
                .bind("account", document.account())
                .bind("kind", document.kind().label())
                .bind("period", document.period())
                .bind("from", SqlTime.of(document.range().from()))
                .bind("to", SqlTime.of(document.range().to()))
                .bind("sequence", document.sequence())
                .bind("status", document.status().label())
                .bind("currency", document.currency())
                .bind("total", document.total())
                .bind("generation", document.generation())
                .bind("runId", document.runId())
                .bind("digest", document.digest())
                .bind("createdAt", SqlTime.of(document.createdAt()))
                .execute();
        if (inserted > 0) {
            insertLines(handle, document);
        }
        return inserted > 0;
    }

    /** How many void documents had this place before. */
    long voided(Handle handle, String account, DocumentKind kind, TimeRange range, int sequence) {
        return handle.createQuery("""
                        SELECT count(*) FROM billing.document WHERE status = 'void' AND account = :account
                          AND kind = :kind AND period_from = :from AND period_to = :to AND sequence = :sequence
                        """)
                .bind("account", account)
                .bind("kind", kind.label())
                .bind("from", SqlTime.of(range.from()))
                .bind("to", SqlTime.of(range.to()))
                .bind("sequence", sequence)
                .mapTo(Long.class)
                .one();
    }

    /** Moves a document on if it still has the status that the caller saw; whether it did. */
    boolean move(Handle handle, String id, DocumentStatus from, DocumentStatus to) {
        return handle.createUpdate("UPDATE billing.document SET status = :to WHERE id = :id AND status = :from")
                        .bind("id", id)
                        .bind("from", from.label())
                        .bind("to", to.label())
                        .execute()
                > 0;
    }

    /** Records the digest of a line's raw events; a line keeps its first one. Whether it was new. */
    boolean insertEvidence(Handle handle, String id, int n, byte[] listDigest, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO billing.line_evidence VALUES (:id, :n, :digest, :now) ON CONFLICT DO NOTHING
                        """)
                        .bind("id", id)
                        .bind("n", n)
                        .bind("digest", listDigest)
                        .bind("now", SqlTime.of(now))
                        .execute()
                > 0;
    }

    private static void insertLines(Handle handle, Document document) {
        if (document.lines().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO billing.document_line VALUES (?, ?, ?, ?::jsonb)");
        document.lines().forEach(line -> batch.bind(0, document.id())
                .bind(1, line.n())
                .bind(2, line.amount())
                .bind(3, CanonicalJson.text(LineJson.write(line.content())))
                .add());
        batch.execute();
    }

    private static Optional<Document> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM billing.document WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> document(row, lines(handle, id)))
                .findOne();
    }

    private static List<DocumentLine> lines(Handle handle, String id) {
        return handle.createQuery("""
                        SELECT l.n, l.amount, l.content::text AS content, e.list_digest
                        FROM billing.document_line l LEFT JOIN billing.line_evidence e USING (document, n)
                        WHERE l.document = :id ORDER BY l.n
                        """)
                .bind("id", id)
                .map((row, context) -> new DocumentLine(
                        row.getInt("n"),
                        row.getBigDecimal("amount"),
                        LineJson.read(row.getString("content")),
                        Optional.ofNullable(row.getBytes("list_digest")).map(HexFormat.of()::formatHex)))
                .list();
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
