package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Moves documents through their life. Each change is in the audit ledger with the document's digest. */
public final class StatusChanges {
    private static final int BATCH = 500;

    private final Jdbi jdbi;
    private final Documents documents;
    private final Ledger ledger;

    public StatusChanges(Jdbi jdbi, Ledger ledger) {
        this.jdbi = jdbi;
        this.documents = new Documents(jdbi);
        this.ledger = ledger;
    }

    /**
     * Finalizes the drafts that a filter selects.
     *
     * @param requireEvidence whether every metered line must have been checked against the raw events
     * @return how many were finalized now
     * @throws BillingException if a draft is not what was drafted, or was not checked
     */
    public int finalizeDrafts(DocumentFilter filter, boolean requireEvidence, RunContext run) {
        DocumentFilter drafts = filter.withStatus(DocumentStatus.DRAFT);
        int finalized = 0;
        String after = "";
        while (true) {
            List<Document> batch = documents.page(drafts, after, BATCH);
            if (batch.isEmpty()) {
                return finalized;
            }
            batch.forEach(document -> requireFinal(document, requireEvidence));
            finalized += jdbi.inTransaction(handle ->
                    move(handle, batch, DocumentStatus.DRAFT, DocumentStatus.FINALIZED, run.runId(), run.actor()));
            after = batch.get(batch.size() - 1).id();
            run.progress().reached(filter.kind().label() + " finalized", finalized);
        }
    }

    /**
     * Moves one document on; one that is there already stays as it is.
     *
     * @param reason for people, in the ledger
     * @throws BillingException if its status does not allow it, or others rest on it
     */
    public Document move(String id, DocumentStatus to, String reason, String actor) {
        return jdbi.inTransaction(handle -> {
            Document document = documents.get(id);
            DraftStore.lock(handle, List.of(document.account()));
            document = documents.get(id);
            if (document.status() == to) {
                return document;
            }
            requireTransition(document, to);
            if (to == DocumentStatus.VOID) {
                requireNothingRestsOn(handle, document);
            }
            if (to == DocumentStatus.FINALIZED) {
                requireFinal(document, true);
            }
            if (move(handle, List.of(document), document.status(), to, reason, actor) == 0) {
                throw new BillingException(
                        BillingError.CONFLICT,
                        "The %s '%s' was changed at the same time; look at it and try again"
                                .formatted(document.kind().label(), id));
            }
            return documents.get(id);
        });
    }

    private int move(
            Handle handle,
            List<Document> batch,
            DocumentStatus from,
            DocumentStatus to,
            String provenance,
            String actor) {
        Set<String> moved =
                documents.move(handle, batch.stream().map(Document::id).toList(), from, to);
        List<LedgerItem> items = batch.stream()
                .filter(document -> moved.contains(document.id()))
                .map(document -> new LedgerItem(document.subject(), document.digest()))
                .toList();
        if (!items.isEmpty()) {
            Document first = batch.get(0);
            ledger.append(
                    handle,
                    new LedgerEvent(
                            actor,
                            first.kind().label() + "." + to.label(),
                            Map.of(
                                    "before", from.label(),
                                    "after", to.label(),
                                    "period", first.period(),
                                    "provenance", provenance),
                            items));
        }
        return items.size();
    }

    private static void requireTransition(Document document, DocumentStatus to) {
        if (!document.status().mayBecome(to)) {
            throw new BillingException(
                    BillingError.CONFLICT,
                    "The %s '%s' is %s and cannot become %s; %s"
                            .formatted(
                                    document.kind().label(),
                                    document.id(),
                                    document.status().label(),
                                    to.label(),
                                    document.status().remedy()));
        }
    }

    /** An adjustment is the whole less what stands before it, and a credit note gives back of what stands. */
    private static void requireNothingRestsOn(Handle handle, Document document) {
        List<String> resting = handle.createQuery("""
                        SELECT id FROM billing.document
                        WHERE account = :account AND kind = :kind AND period_from = :from AND period_to = :to
                          AND sequence > :sequence AND status <> 'void'
                        UNION ALL SELECT id FROM billing.credit_note WHERE document = :id
                        """)
                .bind("account", document.account())
                .bind("kind", document.kind().label())
                .bind("from", SqlTime.of(document.range().from()))
                .bind("to", SqlTime.of(document.range().to()))
                .bind("sequence", document.sequence())
                .bind("id", document.id())
                .mapTo(String.class)
                .list();
        if (!resting.isEmpty()) {
            throw new BillingException(
                    BillingError.CONFLICT,
                    "The %s '%s' cannot become void: %s rest on it; void adjustments first, the newest before the others"
                            .formatted(document.kind().label(), document.id(), resting));
        }
    }

    private static void requireFinal(Document document, boolean requireEvidence) {
        if (!Arrays.equals(document.computedDigest(), document.digest())) {
            throw new BillingException(
                    BillingError.CONFLICT,
                    "The draft '%s' was changed after it was made; void it and draft again".formatted(document.id()));
        }
        boolean unchecked = document.lines().stream()
                .anyMatch(line -> line.content().metered().isPresent()
                        && line.listDigest().isEmpty());
        if (requireEvidence && unchecked) {
            throw new BillingException(
                    BillingError.CONFLICT,
                    "The draft '%s' was not checked against its raw events; run 'countinghouse bill check --period %s'"
                            .formatted(document.id(), document.period()));
        }
    }
}
