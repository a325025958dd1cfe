package countinghouse.billing.invoice;

import countinghouse.billing.BillingPeriod;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.plan.PlanVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

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
        Map<String, PlanVersion> used = new TreeMap<>();
        drafts.forEach(draft ->
                draft.segments().forEach(segment -> used.put(segment.plan().reference(), segment.plan())));
        used.values().forEach(plan -> plans.store(handle, plan));
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

    /** One statement for all, whatever their number: the documents whose place was free. */
    private static List<Document> insert(Handle handle, List<Document> documents) {
        if (documents.isEmpty()) {
            return documents;
        }
        Document first = documents.get(0);
        Set<String> inserted = new HashSet<>(handle.createQuery("""
                        INSERT INTO billing.document
                        SELECT d.id, d.account, :kind, :period, d.period_from, d.period_to, d.sequence, :status,
                            d.currency, d.total, :generation, :runId, decode(d.digest, 'hex'), :createdAt
                        FROM unnest(:ids, :accounts, :froms::timestamptz[], :tos::timestamptz[], :sequences::int[],
                            :currencies, :totals::numeric[], :digests)
                            AS d(id, account, period_from, period_to, sequence, currency, total, digest)
                        ON CONFLICT DO NOTHING RETURNING id
                        """)
                .bind("kind", first.kind().label())
                .bind("period", first.period())
                .bind("status", first.status().label())
                .bind("generation", first.generation())
                .bind("runId", first.runId())
                .bind("createdAt", SqlTime.of(first.createdAt()))
                .bindArray("ids", String.class, texts(documents, Document::id))
                .bindArray("accounts", String.class, texts(documents, Document::account))
                .bindArray("froms", String.class, texts(documents, document -> document.range()
                        .from()
                        .toString()))
                .bindArray("tos", String.class, texts(documents, document -> document.range()
                        .to()
                        .toString()))
                .bindArray(
                        "sequences", String.class, texts(documents, document -> Integer.toString(document.sequence())))
                .bindArray("currencies", String.class, texts(documents, Document::currency))
                .bindArray("totals", String.class, texts(documents, document -> document.total()
                        .toPlainString()))
                .bindArray("digests", String.class, texts(documents, document -> HexFormat.of()
                        .formatHex(document.digest())))
                .mapTo(String.class)
                .list());
        return documents.stream()
                .filter(document -> inserted.contains(document.id()))
                .toList();
    }

    private static void insertLines(Handle handle, List<Document> documents) {
        List<String> ids = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<String> amounts = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        for (Document document : documents) {
            for (DocumentLine line : document.lines()) {
                ids.add(document.id());
                numbers.add(Integer.toString(line.n()));
                amounts.add(line.amount().toPlainString());
                contents.add(CanonicalJson.text(LineJson.write(line.content())));
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO billing.document_line
                        SELECT document, n, amount, content::jsonb
                        FROM unnest(:ids, :numbers::int[], :amounts::numeric[], :contents) AS l(document, n, amount, content)
                        """)
                .bindArray("ids", String.class, ids.toArray())
                .bindArray("numbers", String.class, numbers.toArray())
                .bindArray("amounts", String.class, amounts.toArray())
                .bindArray("contents", String.class, contents.toArray())
                .execute();
    }

    private static Object[] texts(List<Document> documents, Function<Document, String> text) {
        return documents.stream().map(text).toArray();
    }
}
