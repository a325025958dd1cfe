package countinghouse.billing.command;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.BillingReport;
import countinghouse.billing.BillingRun;
import countinghouse.billing.DocumentTotals;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.invoice.Completion;
import countinghouse.billing.invoice.DraftResult;
import countinghouse.billing.invoice.PeriodClose;
import countinghouse.billing.invoice.UnratedAccount;
import countinghouse.billing.invoice.UnratedAccounts;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.usage.UnregisteredUsage;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bill}: the steps of billing a period, each repeatable, and {@code run}, which chains them. */
@Command(
        name = "bill",
        description = "Bill a closed period.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "STEP")
public final class BillCommand implements Subcommand {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say which step: close, drafts, check, finalize, payouts, adjust or run");
    }

    @Command(description = "Pin the period to a closed generation of counts.", mixinStandardHelpOptions = true)
    void close(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            PeriodClose close = run(billing).close(period, options.runId(), BillingSession.actor());
            result.put("generation", close.generation());
            result.put("closedThrough", close.closedThrough());
            result.put("closedBy", close.runId());
            putUnregistered(result, run(billing).unregistered(period));
        });
    }

    @Command(description = "Make the draft invoices of a closed period.", mixinStandardHelpOptions = true)
    void drafts(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            DraftResult drafts =
                    run(billing).draft(DocumentKind.INVOICE, period, options.runId(), BillingSession.actor());
            result.put("drafted", drafts.drafted());
            putTotals(result, "invoice", run(billing).totals(DocumentKind.INVOICE, period));
            putUnrated(result, drafts.unrated());
            requireComplete(options, result, drafts.unrated());
        });
    }

    @Command(description = "Verify every invoice line of the period from raw events.", mixinStandardHelpOptions = true)
    void check(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            CheckResult checked =
                    run(billing).check(DocumentKind.INVOICE, period, options.runId(), BillingSession.actor());
            putCheck(result, checked);
            requireAgreement(options, result, checked);
        });
    }

    @Command(
            name = "finalize",
            description = "Finalize the period's checked invoices.",
            mixinStandardHelpOptions = true)
    void finalizeDrafts(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            result.put(
                    "finalized",
                    run(billing).finalizeDrafts(DocumentKind.INVOICE, period, options.runId(), BillingSession.actor()));
            putTotals(result, "invoice", run(billing).totals(DocumentKind.INVOICE, period));
        });
    }

    @Command(
            description = "Draft, check and finalize the period's pay-out statements.",
            mixinStandardHelpOptions = true)
    void payouts(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            Completion done =
                    run(billing).complete(DocumentKind.PAYOUT, period, options.runId(), BillingSession.actor());
            putTotals(result, "payout", run(billing).totals(DocumentKind.PAYOUT, period));
            putCheck(result, done.check());
            putUnrated(result, done.drafts().unrated());
            requireAgreement(options, result, done.check());
            requireComplete(options, result, done.drafts().unrated());
        });
    }

    @Command(
            description = "Draft, check and finalize what late usage changes of a billed period.",
            mixinStandardHelpOptions = true)
    void adjust(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            UnratedAccounts all = UnratedAccounts.NONE;
            for (DocumentKind kind : DocumentKind.values()) {
                Completion done = run(billing).adjust(kind, period, options.runId(), BillingSession.actor());
                all = all.plus(done.drafts().unrated());
                result.put(kind.label() + "Adjustments", done.drafts().drafted());
                putTotals(result, kind.label(), run(billing).totals(kind, period));
                putCheck(result, done.check());
                requireAgreement(options, result, done.check());
            }
            putUnrated(result, all);
            requireComplete(options, result, all);
        });
    }

    @Command(
            name = "run",
            description = "All steps: close, drafts, check, finalize, payouts.",
            mixinStandardHelpOptions = true)
    void runAll(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            BillingRun run = run(billing);
            BillingReport report = run.runAll(period, options.runId(), BillingSession.actor());
            result.put("generation", report.generation());
            result.put("closedThrough", report.closedThrough());
            putTotals(result, "invoice", report.invoices());
            putTotals(result, "payout", report.payouts());
            result.put("linesVerified", report.linesVerified());
            result.put("linesFailed", report.linesFailed());
            putUnregistered(result, report.unregistered());
            putUnrated(result, report.unrated());
            if (report.linesFailed() > 0) {
                Output.print(out(), options.json(), result);
                throw new CommandFailure(
                        ExitCode.DISAGREED,
                        "%d lines differ from their raw events; 'countinghouse bill check --period %s' names them"
                                .formatted(report.linesFailed(), period.label()));
            }
            requireComplete(options, result, report.unrated());
        });
    }

    private BillingRun run(Billing billing) {
        return billing.run().withProgress(new ProgressPrinter(spec.commandLine().getErr()));
    }

    private void step(BillingOptions options, Step step) {
        BillingSession.run(billing -> {
            BillingPeriod period = options.period();
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("runId", options.runId());
            result.put("period", period.label());
            step.run(billing, period, result);
            Output.print(out(), options.json(), result);
        });
    }

    private void requireAgreement(BillingOptions options, Map<String, Object> result, CheckResult checked) {
        if (!checked.ok()) {
            Output.print(out(), options.json(), result);
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "%d of %d lines differ; the first: %s"
                            .formatted(
                                    checked.failed(),
                                    checked.lines(),
                                    checked.failures().get(0).message()));
        }
    }

    private void requireComplete(BillingOptions options, Map<String, Object> result, UnratedAccounts unrated) {
        if (unrated.count() > 0) {
            Output.print(out(), options.json(), result);
            UnratedAccount first = unrated.named().get(0);
            throw new CommandFailure(
                    ExitCode.INCOMPLETE,
                    "%d accounts could not be billed, all others are; mend the reasons, then repeat the command. The first, '%s': %s"
                            .formatted(unrated.count(), first.account(), first.reason()));
        }
    }

    private static void putUnrated(Map<String, Object> result, UnratedAccounts unrated) {
        result.put("unratedAccounts", unrated.count());
        if (unrated.count() > 0) {
            result.put("unrated", unrated.named());
        }
    }

    private static void putCheck(Map<String, Object> result, CheckResult checked) {
        result.merge("linesVerified", checked.lines(), (before, more) -> (long) before + (long) more);
        result.merge("linesFailed", checked.failed(), (before, more) -> (long) before + (long) more);
        if (!checked.ok()) {
            result.put(
                    "failures",
                    checked.failures().stream()
                            .map(verdict -> verdict.message())
                            .toList());
        }
    }

    private static void putTotals(Map<String, Object> result, String kind, DocumentTotals totals) {
        result.put(kind + "s", totals.documents());
        result.put(kind + "Total", totals.byCurrency());
    }

    private static void putUnregistered(Map<String, Object> result, UnregisteredUsage.Summary summary) {
        result.put("unregisteredAccounts", summary.accounts());
        result.put("unregisteredCounts", summary.counts());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private interface Step {
        void run(Billing billing, BillingPeriod period, Map<String, Object> result);
    }
}
