package countinghouse.billing;

import countinghouse.billing.account.Accounts;
import countinghouse.billing.invoice.AdjustmentRun;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.invoice.Completion;
import countinghouse.billing.invoice.DocumentCheck;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.Documents;
import countinghouse.billing.invoice.DraftResult;
import countinghouse.billing.invoice.DraftRun;
import countinghouse.billing.invoice.PeriodClose;
import countinghouse.billing.invoice.PeriodCloses;
import countinghouse.billing.invoice.RunContext;
import countinghouse.billing.invoice.StatusChanges;
import countinghouse.billing.ledger.GenerationRecords;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.usage.UnregisteredUsage;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** The steps of billing a period. Each may be repeated: it finds what is done and does the rest. */
public final class BillingRun {
    private final Accounts accounts;
    private final PeriodCloses closes;
    private final DraftRun drafts;
    private final AdjustmentRun adjustments;
    private final DocumentCheck check;
    private final StatusChanges statusChanges;
    private final Documents documents;
    private final UnregisteredUsage unregistered;
    private final GenerationRecords generations;
    private final boolean requireEvidence;
    private final Progress progress;

    BillingRun(
            Accounts accounts,
            PeriodCloses closes,
            DraftRun drafts,
            AdjustmentRun adjustments,
            DocumentCheck check,
            StatusChanges statusChanges,
            Documents documents,
            UnregisteredUsage unregistered,
            GenerationRecords generations,
            boolean requireEvidence,
            Progress progress) {
        this.accounts = accounts;
        this.closes = closes;
        this.drafts = drafts;
        this.adjustments = adjustments;
        this.check = check;
        this.statusChanges = statusChanges;
        this.documents = documents;
        this.unregistered = unregistered;
        this.generations = generations;
        this.requireEvidence = requireEvidence;
        this.progress = progress;
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

    /** This, telling somebody else how far it is. */
    public BillingRun withProgress(Progress other) {
        return new BillingRun(
                accounts,
                closes,
                drafts,
                adjustments,
                check,
                statusChanges,
                documents,
                unregistered,
                generations,
                requireEvidence,
                other);
    }

    /** Drafts the period's documents of a kind; an account that cannot be billed is named and stops no other. */
    public DraftResult draft(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        return drafts.draft(kind, period, closes.require(period), context(runId, actor));
    }

    /**
     * Drafts what the current generation knows of an invoiced period that its documents do not have; void documents are replaced first.
     *
     * @return how many adjustments are new, and which accounts could not be rated
     * @throws BillingException if the period is not closed, or the current generation does not reach through it any more
     */
    public DraftResult draftAdjustments(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        PeriodClose close = closes.require(period);
        long generation = closes.known(period, accounts.zones()).number();
        drafts.draft(kind, period, close, context(runId, actor));
        return adjustments.draft(kind, period, generation, context(runId, actor));
    }

    /** Drafts adjustments, checks and, if every line agrees, finalizes the period's documents of a kind. */
    public Completion adjust(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        DraftResult drafted = draftAdjustments(kind, period, runId, actor);
        return new Completion(drafted, checkAndFinalize(kind, period, runId, actor));
    }

    /** Verifies every line of the period's documents of a kind and keeps the digests of their raw events. */
    public CheckResult check(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        closes.require(period);
        return check.check(DocumentFilter.all(kind).ofPeriod(period.label()), context(runId, actor));
    }

    /** Finalizes the period's drafts of a kind; returns how many became final now. */
    public int finalizeDrafts(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        closes.require(period);
        return statusChanges.finalizeDrafts(
                DocumentFilter.all(kind).ofPeriod(period.label()), requireEvidence, context(runId, actor));
    }

    /** Drafts, checks and, if every line agrees, finalizes the period's documents of a kind. */
    public Completion complete(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        DraftResult drafted = draft(kind, period, runId, actor);
        return new Completion(drafted, checkAndFinalize(kind, period, runId, actor));
    }

    private CheckResult checkAndFinalize(DocumentKind kind, BillingPeriod period, String runId, String actor) {
        CheckResult result = check(kind, period, runId, actor);
        if (result.ok()) {
            finalizeDrafts(kind, period, runId, actor);
        }
        return result;
    }

    /** Everything for a period: close, then invoices, then pay-outs. */
    public BillingReport runAll(BillingPeriod period, String runId, String actor) {
        PeriodClose close = close(period, runId, actor);
        Completion invoices = complete(DocumentKind.INVOICE, period, runId, actor);
        Completion payouts = complete(DocumentKind.PAYOUT, period, runId, actor);
        return report(period, close, invoices, payouts);
    }

    /** How many documents of a kind the period has, and what they come to by currency; void ones left out. */
    public DocumentTotals totals(DocumentKind kind, BillingPeriod period) {
        return documents.totals(kind, period.label());
    }

    private RunContext context(String runId, String actor) {
        return new RunContext(runId, actor, progress);
    }

    private BillingReport report(BillingPeriod period, PeriodClose close, Completion invoices, Completion payouts) {
        return new BillingReport(
                period.label(),
                close.runId(),
                close.generation(),
                close.closedThrough(),
                totals(DocumentKind.INVOICE, period),
                totals(DocumentKind.PAYOUT, period),
                invoices.check().lines() + payouts.check().lines(),
                invoices.check().failed() + payouts.check().failed(),
                invoices.drafts().unrated().plus(payouts.drafts().unrated()),
                unregistered(period));
    }
}
