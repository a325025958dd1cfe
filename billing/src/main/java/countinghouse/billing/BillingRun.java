package countinghouse.billing;

import countinghouse.billing.account.Accounts;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentCheck;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.invoice.Documents;
import countinghouse.billing.invoice.DraftRun;
import countinghouse.billing.invoice.PeriodClose;
import countinghouse.billing.invoice.PeriodCloses;
import countinghouse.billing.invoice.StatusChanges;
import countinghouse.billing.ledger.GenerationRecords;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.usage.UnregisteredUsage;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The steps of billing a period. Each may be repeated: it finds what is done and does the rest. */
public final class BillingRun {
    private static final int PAGE = 500;

    private final Accounts accounts;
    private final PeriodCloses closes;
    private final DraftRun drafts;
    private final DocumentCheck check;
    private final StatusChanges statusChanges;
    private final Documents documents;
    private final UnregisteredUsage unregistered;
    private final GenerationRecords generations;
    private final boolean requireEvidence;

    BillingRun(
            Accounts accounts,
            PeriodCloses closes,
            DraftRun drafts,
            DocumentCheck check,
            StatusChanges statusChanges,
            Documents documents,
            UnregisteredUsage unregistered,
            GenerationRecords generations,
            boolean requireEvidence) {
        this.accounts = accounts;
        this.closes = closes;
        this.drafts = drafts;
        this.check = check;
        this.statusChanges = statusChanges;
        this.documents = documents;
        this.unregistered = unregistered;
        this.generations = generations;
        this.requireEvidence = requireEvidence;
    }

    /**
     * Pins the period to the current generation.
     *
     * @throws BillingException if the period is not closed yet
     */
    public PeriodClose close(BillingPeriod period, String runId, String actor) {
        generations.record();
        List<ZoneId> zones = accounts.zones();
        return closes.close(period, zones.isEmpty() ? List.of(ZoneOffset.UTC) : zones, runId, actor);
    }

    /** Usage of the period that nobody is billed for. */
    public UnregisteredUsage.Summary unregistered(BillingPeriod period) {
        return unregistered.of(closes.require(period).generation(), period.in(ZoneOffset.UTC));
    }

    /** Drafts the period's documents of a kind; returns how many are new. */
    public int draft(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        return drafts.draft(kind, period, closes.require(period), runId, actor);
    }

    /** Verifies every line of the period's documents of a kind and keeps the digests of their raw events. */
    public CheckResult check(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        closes.require(period);
        return check.check(DocumentFilter.all(kind).ofPeriod(period.label()), runId, actor);
    }

    /** Finalizes the period's drafts of a kind; returns how many became final now. */
    public int finalizeDrafts(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        closes.require(period);
        return statusChanges.finalizeDrafts(
                DocumentFilter.all(kind).ofPeriod(period.label()), requireEvidence, runId, actor);
    }

    /** Drafts, checks and, if every line agrees, finalizes the period's documents of a kind. */
    public CheckResult complete(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        draft(kind, period, runId, actor);
        CheckResult result = check(kind, period, runId, actor);
        if (result.failures().isEmpty()) {
            finalizeDrafts(kind, period, runId, actor);
        }
        return result;
    }

    /** Everything for a period: close, then invoices, then pay-outs. */
    public BillingReport runAll(BillingPeriod period, String runId, String actor) {
        PeriodClose close = close(period, runId, actor);
        CheckResult invoices = complete(DocumentKind.INVOICE, period, runId, actor);
        CheckResult payouts = complete(DocumentKind.PAYOUT, period, runId, actor);
        return report(period, close, invoices, payouts);
    }

    /** How many documents of a kind the period has, and what they come to by currency; void ones left out. */
    public DocumentTotals totals(DocumentKind kind, BillingPeriod period) {
        long count = 0;
        Map<String, BigDecimal> totals = new TreeMap<>();
        String after = "";
        while (true) {
            List<Document> page = documents.page(DocumentFilter.all(kind).ofPeriod(period.label()), after, PAGE);
            if (page.isEmpty()) {
                return new DocumentTotals(count, totals);
            }
            for (Document document : page) {
                if (document.status() != DocumentStatus.VOID) {
                    count++;
                    totals.merge(document.currency(), document.total(), BigDecimal::add);
                }
            }
            after = page.get(page.size() - 1).id();
        }
    }

    private BillingReport report(BillingPeriod period, PeriodClose close, CheckResult invoices, CheckResult payouts) {
        return new BillingReport(
                period.label(),
                close.runId(),
                close.generation(),
                close.closedThrough(),
                totals(DocumentKind.INVOICE, period),
                totals(DocumentKind.PAYOUT, period),
                invoices.lines() + payouts.lines(),
                invoices.failures().size() + payouts.failures().size(),
                unregistered(period));
    }
}
