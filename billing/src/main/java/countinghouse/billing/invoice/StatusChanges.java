package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    public int finalizeDrafts(DocumentFilter filter, boolean requireEvidence, String runId, String actor) {
        DocumentFilter drafts = filter.withStatus(DocumentStatus.DRAFT);
        int finalized = 0;
        String after = "";
        while (true) {
            List<Document> batch = documents.page(drafts, after, BATCH);
            if (batch.isEmpty()) {
                return finalized;
            }
            batch.forEach(document -> requireFinal(document, requireEvidence));
            finalized += move(batch, DocumentStatus.FINALIZED, runId, actor);
            after = batch.get(batch.size() - 1).id();
        }
    }

    /**
     * Moves one document on; one that is there already stays as it is.
     *
     * @throws BillingException if its status does not allow it
     */
    public Document move(String id, DocumentStatus to, String reason, String actor) {
        Document document = documents.get(id);
        if (document.status() != to) {
            if (!document.status().mayBecome(to)) {
                throw new BillingException(
                        BillingError.CONFLICT,
                        "The %s '%s' is %s and cannot become %s"
                                .formatted(
                                        document.kind().label(),
                                        id,
                                        document.status().label(),
                                        to.label()));
            }
            move(List.of(document), to, reason, actor);
        }
        return documents.get(id);
    }

    private int move(List<Document> batch, DocumentStatus to, String provenance, String actor) {
        return jdbi.inTransaction(handle -> {
            List<LedgerItem> items = new ArrayList<>();
            for (Document document : batch) {
                if (documents.move(handle, document.id(), document.status(), to)) {
                    items.add(new LedgerItem(document.subject(), document.digest()));
                }
            }
            if (!items.isEmpty()) {
                Document first = batch.get(0);
                ledger.append(
                        handle,
                        new LedgerEvent(
                                actor,
                                first.kind().label() + "." + to.label(),
                                Map.of(
                                        "before", first.status().label(),
                                        "after", to.label(),
                                        "period", first.period(),
                                        "provenance", provenance),
                                items));
            }
            return items.size();
        });
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
