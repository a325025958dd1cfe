package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Gives back of documents that stand, never more than they come to. Credit is goodwill or correction by people: adjustments for late usage
 * take no account of it, or they would claim it back (ADR 0063).
 */
public final class CreditNotes {
    private static final int MAX_REASON_LENGTH = 500;

    private final Jdbi jdbi;
    private final Documents documents;
    private final Ledger ledger;
    private final Clock clock;

    public CreditNotes(Jdbi jdbi, Ledger ledger, Clock clock) {
        this.jdbi = jdbi;
        this.documents = new Documents(jdbi);
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Makes a credit note. Every call makes another one; over HTTP an {@code Idempotency-Key} makes it once.
     *
     * @throws BillingException if the document does not stand, or the amount is more than is left of it
     */
    public CreditNote create(CreditRequest wish, String actor) {
        return jdbi.inTransaction(handle -> {
            Document document = documents.get(wish.document());
            DraftStore.lock(handle, List.of(document.account()));
            document = documents.get(wish.document());
            List<CreditNote> before = of(handle, document.id());
            requireCreditable(document, wish, before);
            int number = before.size() + 1;
            CreditNote note = new CreditNote(
                    "cn_%s_%d".formatted(document.id(), number),
                    document.id(),
                    number,
                    wish.line(),
                    wish.amount().setScale(document.total().scale()),
                    document.currency(),
                    wish.reason().strip(),
                    SqlTime.read(clock),
                    actor);
            insert(handle, note);
            ledger.append(handle, event(document, note, credited(before)));
            return note;
        });
    }

    /** The credit notes of a document in the order of their numbers. */
    public List<CreditNote> of(String document) {
        return jdbi.withHandle(handle -> of(handle, document));
    }

    private static void requireCreditable(Document document, CreditRequest wish, List<CreditNote> before) {
        if (document.status() != DocumentStatus.FINALIZED && document.status() != DocumentStatus.PAID) {
            throw refused(
                    BillingError.CONFLICT,
                    "The %s '%s' is %s; only what is finalized or paid can be credited"
                            .formatted(
                                    document.kind().label(),
                                    document.id(),
                                    document.status().label()));
        }
        String reason = wish.reason().strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON_LENGTH) {
            throw refused(
                    BillingError.INVALID_REQUEST,
                    "A credit note needs a reason of 1 to %d characters".formatted(MAX_REASON_LENGTH));
        }
        if (wish.amount().signum() <= 0
                || wish.amount().stripTrailingZeros().scale() > document.total().scale()) {
            throw refused(
                    BillingError.INVALID_REQUEST,
                    "A credit of %s is not possible in %s: it must be above 0, with at most %d decimal places"
                            .formatted(
                                    wish.amount().toPlainString(),
                                    document.currency(),
                                    document.total().scale()));
        }
        requireLeft(document, Optional.empty(), wish.amount(), document.total(), credited(before));
        wish.line().ifPresent(n -> {
            DocumentLine line = document.lines().stream()
                    .filter(one -> one.n() == n)
                    .findFirst()
                    .orElseThrow(() ->
                            refused(BillingError.INVALID_REQUEST, "'%s' has no line %d".formatted(document.id(), n)));
            BigDecimal creditedOfLine = credited(before.stream()
                    .filter(note -> note.line().equals(wish.line()))
                    .toList());
            requireLeft(document, wish.line(), wish.amount(), line.amount(), creditedOfLine);
        });
    }

    private static void requireLeft(
            Document document, Optional<Integer> line, BigDecimal amount, BigDecimal of, BigDecimal credited) {
        BigDecimal left = of.subtract(credited);
        if (amount.compareTo(left) > 0) {
            throw refused(
                    BillingError.CONFLICT,
                    "A credit of %s %s is more than is left of %s'%s': %s of %s"
                            .formatted(
                                    amount.toPlainString(),
                                    document.currency(),
                                    line.map("line %d of "::formatted).orElse(""),
                                    document.id(),
                                    left.toPlainString(),
                                    of.toPlainString()));
        }
    }

    private static BigDecimal credited(List<CreditNote> notes) {
        return notes.stream().map(CreditNote::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BillingException refused(BillingError error, String message) {
        return new BillingException(error, message);
    }

    private static LedgerEvent event(Document document, CreditNote note, BigDecimal before) {
        return new LedgerEvent(
                note.createdBy(),
                document.kind().label() + ".credited",
                Map.of(
                        "document", document.id(),
                        "creditNote", note.id(),
                        "amount", note.amount().toPlainString(),
                        "currency", note.currency(),
                        "reason", note.reason(),
                        "before", before.toPlainString(),
                        "after", before.add(note.amount()).toPlainString()),
                List.of(new LedgerItem("credit-note:" + note.id(), note.digest())));
    }

    private static void insert(Handle handle, CreditNote note) {
        handle.createUpdate("""
                        INSERT INTO billing.credit_note VALUES
                            (:id, :document, :number, :line, :amount, :currency, :reason, :digest, :createdAt, :createdBy)
                        """)
                .bind("id", note.id())
                .bind("document", note.document())
                .bind("number", note.number())
                .bind("line", note.line().orElse(null))
                .bind("amount", note.amount())
                .bind("currency", note.currency())
                .bind("reason", note.reason())
                .bind("digest", note.digest())
                .bind("createdAt", SqlTime.of(note.createdAt()))
                .bind("createdBy", note.createdBy())
                .execute();
    }

    private static List<CreditNote> of(Handle handle, String document) {
        return handle.createQuery("SELECT * FROM billing.credit_note WHERE document = :document ORDER BY number")
                .bind("document", document)
                .map((row, context) -> note(row))
                .list();
    }

    private static CreditNote note(ResultSet row) throws SQLException {
        return new CreditNote(
                row.getString("id"),
                row.getString("document"),
                row.getInt("number"),
                Optional.ofNullable(row.getObject("line", Integer.class)),
                row.getBigDecimal("amount"),
                row.getString("currency"),
                row.getString("reason"),
                SqlTime.read(row, "created_at"),
                row.getString("created_by"));
    }
}
