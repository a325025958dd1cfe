package countinghouse.billing.invoice;

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
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes the drafts of a closed period, a batch of accounts per transaction. Run twice, or two at once, it makes the same documents: a
 * batch locks its accounts in the order of names, and a place that is taken stays as it is. An account that cannot be rated is named, and the
 * others are billed.
 */
public final class DraftRun {
    private static final int FIRST_SEQUENCE = 0;
    /** Accounts whose usage is read at once; bounds the memory of a run. */
    private static final int ACCOUNTS_READ_AT_ONCE = 5000;

    private final Jdbi jdbi;
    private final Accounts accounts;
    private final ClosedUsage usage;
    private final Supplier<PlanCatalog> catalog;
    private final DraftStore store;
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
        this.store = new DraftStore(plans, ledger, clock);
        this.batchSize = batchSize;
    }

    /**
     * Drafts a document for every registered account that owes or is owed something, or used something.
     *
     * @return how many drafts are new, and which accounts could not be billed
     */
    public DraftResult draft(DocumentKind kind, BillingPeriod period, PeriodClose close, RunContext run) {
        PlanCatalog plansNow = catalog.get();
        DraftResult result = DraftResult.NOTHING;
        long done = 0;
        String after = "";
        while (true) {
            List<Account> read = accounts.page(after, ACCOUNTS_READ_AT_ONCE);
            if (read.isEmpty()) {
                return result;
            }
            Page page = plan(read, kind, period, close, plansNow);
            for (int from = 0; from < read.size(); from += batchSize) {
                List<Account> batch = read.subList(from, Math.min(read.size(), from + batchSize));
                int drafted = jdbi.inTransaction(handle -> draft(handle, batch, kind, period, close, run, page));
                result = result.plus(new DraftResult(drafted, UnratedAccounts.NONE));
                done += batch.size();
                run.progress().reached(kind.label() + " drafts", done);
            }
            result = result.plus(new DraftResult(0, page.attempts().unrated()));
            after = read.get(read.size() - 1).account();
        }
    }

    /** What is known of some accounts before they are locked. */
    private record Page(
            Map<String, TimeRange> ranges,
            Map<String, List<PlanSegment>> segments,
            UsageBook book,
            AccountAttempts attempts) {}

    private Page plan(
            List<Account> read, DocumentKind kind, BillingPeriod period, PeriodClose close, PlanCatalog plansNow) {
        AccountAttempts attempts = new AccountAttempts();
        Map<String, TimeRange> ranges = new HashMap<>();
        Map<String, List<PlanSegment>> segments = new LinkedHashMap<>();
        read.forEach(account -> attempts.attempt(account, () -> {
            TimeRange range = period.in(account.zone());
            ranges.put(account.account(), range);
            close.requireKnown(account, range);
            segments.put(account.account(), PlanSegment.of(account, kind, range, plansNow));
        }));
        return new Page(ranges, segments, UsageBook.read(usage, close.generation(), segments), attempts);
    }

    private int draft(
            Handle handle,
            List<Account> batch,
            DocumentKind kind,
            BillingPeriod period,
            PeriodClose close,
            RunContext run,
            Page page) {
        List<String> names = batch.stream().map(Account::account).toList();
        DraftStore.lock(handle, names);
        Places places = Places.read(handle, kind, period.label(), names);
        List<NewDocument> drafts = new ArrayList<>();
        for (Account account : batch) {
            String name = account.account();
            Optional<TimeRange> range = Optional.ofNullable(page.ranges().get(name));
            if (places.isTaken(name, range)) {
                page.attempts().excuse(account);
            } else {
                page.attempts().attempt(account, () -> newDocument(account, range.orElseThrow(), page, places)
                        .ifPresent(drafts::add));
            }
        }
        return store.store(handle, kind, period, close.generation(), run, drafts);
    }

    private static Optional<NewDocument> newDocument(Account account, TimeRange range, Page page, Places places) {
        String name = account.account();
        places.requireNoOverlap(name, range);
        List<PlanSegment> segments = page.segments().get(name);
        DocumentDraft draft = DocumentDraft.of(account, range, segments, page.book());
        if (draft.lines().isEmpty()) {
            return Optional.empty();
        }
        long voided = places.voided(name, range, FIRST_SEQUENCE);
        return Optional.of(new NewDocument(name, range, FIRST_SEQUENCE, voided, draft, segments));
    }
}
