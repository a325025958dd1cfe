package countinghouse.billing.invoice;

import countinghouse.billing.BillingPeriod;
import countinghouse.billing.SqlTime;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.Accounts;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.usage.ClosedUsage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes the drafts of a closed period, a batch of accounts per transaction. Run twice, or two at once, it makes the same documents: a
 * batch locks its accounts in the order of names, and a place that is taken stays as it is.
 */
public final class DraftRun {
    private static final int FIRST_SEQUENCE = 0;

    private final Jdbi jdbi;
    private final Accounts accounts;
    private final ClosedUsage usage;
    private final Supplier<PlanCatalog> catalog;
    private final PlanStore plans;
    private final Documents documents;
    private final Ledger ledger;
    private final Clock clock;
    private final int batchSize;

    /**
     * Creates it.
     *
     * @param batchSize accounts per transaction
     */
    public DraftRun(
            Jdbi jdbi,
            Accounts accounts,
            ClosedUsage usage,
            Supplier<PlanCatalog> catalog,
            PlanStore plans,
            Ledger ledger,
            Clock clock,
            int batchSize) {
        this.jdbi = jdbi;
        this.accounts = accounts;
        this.usage = usage;
        this.catalog = catalog;
        this.plans = plans;
        this.documents = new Documents(jdbi);
        this.ledger = ledger;
        this.clock = clock;
        this.batchSize = batchSize;
    }

    /**
     * Drafts a document for every registered account that owes or is owed something, or used something.
     *
     * @return how many drafts are new
     */
    public int draft(DocumentKind kind, BillingPeriod period, PeriodClose close, String runId, String actor) {
        int drafted = 0;
        String after = "";
        while (true) {
            List<Account> batch = accounts.page(after, batchSize);
            if (batch.isEmpty()) {
                return drafted;
            }
            drafted += draft(batch, kind, period, close, runId, actor);
            after = batch.get(batch.size() - 1).account();
        }
    }

    private int draft(
            List<Account> batch,
            DocumentKind kind,
            BillingPeriod period,
            PeriodClose close,
            String runId,
            String actor) {
        Map<String, List<PlanSegment>> segments = new LinkedHashMap<>();
        PlanCatalog plansNow = catalog.get();
        batch.forEach(account ->
                segments.put(account.account(), PlanSegment.of(account, kind, period.in(account.zone()), plansNow)));
        UsageBook book = UsageBook.read(usage, close.generation(), segments);
        return jdbi.inTransaction(handle -> {
            lock(handle, segments.keySet().toArray());
            List<LedgerItem> items = new ArrayList<>();
            for (Account account : batch) {
                TimeRange range = period.in(account.zone());
                DocumentDraft draft = DocumentDraft.of(account, range, segments.get(account.account()), book);
                if (!draft.lines().isEmpty()) {
                    segments.get(account.account()).forEach(segment -> plans.store(handle, segment.plan()));
                    Document document = document(handle, account, kind, period, close, runId, draft);
                    if (documents.insert(handle, document)) {
                        items.add(new LedgerItem(document.subject(), document.digest()));
                    }
                }
            }
            if (!items.isEmpty()) {
                ledger.append(
                        handle,
                        new LedgerEvent(
                                actor,
                                kind.label() + "." + DocumentStatus.DRAFT.label(),
                                Map.of("period", period.label(), "runId", runId, "generation", close.generation()),
                                items));
            }
            return items.size();
        });
    }

    private Document document(
            Handle handle,
            Account account,
            DocumentKind kind,
            BillingPeriod period,
            PeriodClose close,
            String runId,
            DocumentDraft draft) {
        TimeRange range = period.in(account.zone());
        long voided = documents.voided(handle, account.account(), kind, range, FIRST_SEQUENCE);
        return new Document(
                        DocumentId.of(account.account(), kind, range, FIRST_SEQUENCE, voided),
                        account.account(),
                        kind,
                        period.label(),
                        range,
                        FIRST_SEQUENCE,
                        DocumentStatus.DRAFT,
                        draft.currency(),
                        draft.total(),
                        close.generation(),
                        runId,
                        new byte[0],
                        SqlTime.read(clock),
                        draft.lines())
                .withDigest();
    }

    private static void lock(Handle handle, Object[] names) {
        handle.createQuery("""
                        SELECT 1 FROM billing.account WHERE account = ANY(:names) ORDER BY account COLLATE "C" FOR UPDATE
                        """)
                .bindArray("names", String.class, names)
                .mapTo(Integer.class)
                .list();
    }
}
