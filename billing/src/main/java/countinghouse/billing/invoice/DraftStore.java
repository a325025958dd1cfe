package countinghouse.billing.invoice;

import countinghouse.billing.BillingPeriod;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Stores the drafts of a batch of accounts with few statements, and one entry in the ledger for all of them. */
final class DraftStore {
    private final PlanStore plans;
    private final Ledger ledger;
    private final Clock clock;

    DraftStore(PlanStore plans, Ledger ledger, Clock clock) {
        this.plans = plans;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Locks accounts in the order of names, so that two runs never wait for each other in a circle. */
    static void lock(Handle handle, Collection<String> accounts) {
        handle.createQuery("""
                        SELECT 1 FROM billing.account WHERE account = ANY(:names) ORDER BY account COLLATE "C" FOR UPDATE
                        """)
                .bindArray("names", String.class, accounts.toArray())
                .mapTo(Integer.class)
                .list();
    }

    /**
     * Stores drafts; one whose place is taken is left out.
     *
     * @param generation that their usage comes from
     * @return how many are new
     */
    int store(
            Handle handle,
            DocumentKind kind,
            BillingPeriod period,
            long generation,
            RunContext run,
            List<NewDocument> drafts) {
        Instant now = SqlTime.read(clock);
        drafts.stream()
                .flatMap(draft -> draft.segments().stream())
                .map(PlanSegment::plan)
                .distinct()
                .forEach(plan -> plans.store(handle, plan));
        List<Document> documents = drafts.stream()
                .map(draft -> document(kind, period, generation, run, now, draft))
                .toList();
        List<Document> stored = insert(handle, documents);
        insertLines(handle, stored);
        if (!stored.isEmpty()) {
            ledger.append(handle, event(kind, period, generation, run, stored));
        }
        return stored.size();
    }

    private static LedgerEvent event(
            DocumentKind kind, BillingPeriod period, long generation, RunContext run, List<Document> stored) {
        return new LedgerEvent(
                run.actor(),
                kind.label() + "." + DocumentStatus.DRAFT.label(),
                Map.of("period", period.label(), "runId", run.runId(), "generation", generation),
                stored.stream()
                        .map(document -> new LedgerItem(document.subject(), document.digest()))
                        .toList());
    }

    private static Document document(
            DocumentKind kind, BillingPeriod period, long generation, RunContext run, Instant now, NewDocument draft) {
        return new Document(
                        DocumentId.of(draft.account(), kind, draft.range(), draft.sequence(), draft.voided()),
                        draft.account(),
                        kind,
                        period.label(),
                        draft.range(),
                        draft.sequence(),
                        DocumentStatus.DRAFT,
                        draft.draft().currency(),
                        draft.draft().total(),
                        generation,
                        run.runId(),
                        new byte[0],
                        now,
                        draft.draft().lines())
                .withDigest();
    }

    private static List<Document> insert(Handle handle, List<Document> documents) {
        if (documents.isEmpty()) {
            return documents;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO billing.document VALUES (:id, :account, :kind, :period, :from, :to, :sequence, :status,
                    :currency, :total, :generation, :runId, :digest, :createdAt)
                ON CONFLICT DO NOTHING
                """);
        documents.forEach(document -> batch.bind("id", document.id())
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
                .add());
        int[] inserted = batch.execute();
        List<Document> stored = new ArrayList<>();
        for (int index = 0; index < inserted.length; index++) {
            if (inserted[index] > 0) {
                stored.add(documents.get(index));
            }
        }
        return stored;
    }

    private static void insertLines(Handle handle, List<Document> documents) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO billing.document_line VALUES (?, ?, ?, ?::jsonb)");
        for (Document document : documents) {
            for (DocumentLine line : document.lines()) {
                batch.bind(0, document.id())
                        .bind(1, line.n())
                        .bind(2, line.amount())
                        .bind(3, CanonicalJson.text(LineJson.write(line.content())))
                        .add();
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        } else {
            batch.close();
        }
    }
}
