package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.Accounts;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.usage.ClosedUsage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Invoices what became known of a period after it was invoiced: the whole period rated as known now with the plan pinned, less all that
 * was invoiced for it; never the rate of the difference (ADR 0062). It works a batch of locked accounts per transaction, and leaves an
 * account alone that was invoiced from this generation or a newer one; therefore it may be repeated, and two at once do what one does.
 */
public final class AdjustmentRun {
    private final Jdbi jdbi;
    private final Accounts accounts;
    private final ClosedUsage usage;
    private final Supplier<PlanCatalog> catalog;
    private final PlanStore plans;
    private final Documents documents;
    private final DraftStore store;
    private final int batchSize;

    /**
     * Creates it.
     *
     * @param batchSize accounts per transaction
     */
    public AdjustmentRun(
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
        this.store = new DraftStore(plans, ledger, clock);
        this.batchSize = batchSize;
    }

    /**
     * Drafts adjustments for every account whose amounts, as known now, are not what was invoiced.
     *
     * @param generation as known now
     * @return how many drafts are new, and which accounts could not be rated
     */
    public DraftResult draft(DocumentKind kind, BillingPeriod period, long generation, RunContext run) {
        PlanCatalog plansNow = catalog.get();
        PinnedPlans pinned = new PinnedPlans(plans);
        DraftResult result = DraftResult.NOTHING;
        long done = 0;
        String after = "";
        while (true) {
            List<Account> batch = accounts.page(after, batchSize);
            if (batch.isEmpty()) {
                return result;
            }
            result = result.plus(jdbi.inTransaction(
                    handle -> draft(handle, batch, kind, period, generation, run, plansNow, pinned)));
            done += batch.size();
            run.progress().reached(kind.label() + " adjustments", done);
            after = batch.get(batch.size() - 1).account();
        }
    }

    private DraftResult draft(
            Handle handle,
            List<Account> batch,
            DocumentKind kind,
            BillingPeriod period,
            long generation,
            RunContext run,
            PlanCatalog plansNow,
            PinnedPlans pinned) {
        List<String> names = batch.stream().map(Account::account).toList();
        DraftStore.lock(handle, names);
        Places places = Places.read(handle, kind, period.label(), names);
        Map<String, List<Document>> standing = documents.standing(handle, kind, period.label(), names).stream()
                .collect(Collectors.groupingBy(Document::account));
        AccountAttempts attempts = new AccountAttempts();
        Map<String, TimeRange> ranges = new HashMap<>();
        Map<String, List<PlanSegment>> segments = new LinkedHashMap<>();
        batch.forEach(account -> attempts.attempt(account, () -> {
            List<Document> before = standing.getOrDefault(account.account(), List.of());
            TimeRange range =
                    before.isEmpty() ? period.in(account.zone()) : before.get(0).range();
            boolean known = before.stream().anyMatch(document -> document.generation() >= generation);
            if (!known) {
                requireReplaced(account, period, before, places.voided(account.account(), range, 0));
                places.requireNoOverlap(account.account(), range);
                ranges.put(account.account(), range);
                segments.put(
                        account.account(), pinned.segments(before, PlanSegment.of(account, kind, range, plansNow)));
            }
        }));
        UsageBook book = UsageBook.read(usage, generation, segments);
        List<NewDocument> drafts = new ArrayList<>();
        batch.stream()
                .filter(account -> segments.containsKey(account.account()))
                .forEach(account -> attempts.attempt(account, () -> {
                    String name = account.account();
                    List<Document> before = standing.getOrDefault(name, List.of());
                    TimeRange range = ranges.get(name);
                    DocumentDraft draft =
                            DocumentDraft.adjusting(account, range, segments.get(name), book, Invoiced.of(before));
                    if (!draft.lines().isEmpty()) {
                        int sequence = nextSequence(before);
                        drafts.add(new NewDocument(
                                name,
                                range,
                                sequence,
                                places.voided(name, range, sequence),
                                draft,
                                segments.get(name)));
                    }
                }));
        return new DraftResult(store.store(handle, kind, period, generation, run, drafts), attempts.unrated());
    }

    /** What is rated for the first time is rated from the period's own generation. */
    private static void requireReplaced(Account account, BillingPeriod period, List<Document> before, long voided) {
        if (before.isEmpty() && voided > 0) {
            throw new BillingException(
                    BillingError.CONFLICT,
                    "The void documents of '%s' were not replaced; 'countinghouse bill drafts --period %s' says why"
                            .formatted(account.account(), period.label()));
        }
    }

    /** Sequence 0 belongs to the first run, even if it had nothing to invoice. */
    private static int nextSequence(List<Document> before) {
        return before.stream().mapToInt(Document::sequence).max().orElse(0) + 1;
    }
}
