package countinghouse.billing.command;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.BillingReport;
import countinghouse.billing.BillingRun;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.invoice.Completion;
import countinghouse.billing.invoice.DraftResult;
import countinghouse.billing.invoice.PeriodClose;
import countinghouse.billing.invoice.UnratedAccounts;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
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
            result.putUnregistered(run(billing).unregistered(period));
        });
    }

    @Command(description = "Make the draft invoices of a closed period.", mixinStandardHelpOptions = true)
    void drafts(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            DraftResult drafts =
                    run(billing).draft(DocumentKind.INVOICE, period, options.runId(), BillingSession.actor());
            result.put("drafted", drafts.drafted());
            result.putTotals("invoice", run(billing).totals(DocumentKind.INVOICE, period));
            result.putUnrated(drafts.unrated());
            result.requireComplete(drafts.unrated());
        });
    }

    @Command(description = "Verify every invoice line of the period from raw events.", mixinStandardHelpOptions = true)
    void check(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            CheckResult checked =
                    run(billing).check(DocumentKind.INVOICE, period, options.runId(), BillingSession.actor());
            result.putCheck(checked);
            result.requireAgreement(checked);
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
            result.putTotals("invoice", run(billing).totals(DocumentKind.INVOICE, period));
        });
    }

    @Command(
            description = "Draft, check and finalize the period's pay-out statements.",
            mixinStandardHelpOptions = true)
    void payouts(@Mixin BillingOptions options) {
        step(options, (billing, period, result) -> {
            Completion done =
                    run(billing).complete(DocumentKind.PAYOUT, period, options.runId(), BillingSession.actor());
            result.putTotals("payout", run(billing).totals(DocumentKind.PAYOUT, period));
            result.putCheck(done.check());
            result.putUnrated(done.drafts().unrated());
            result.requireAgreement(done.check());
            result.requireComplete(done.drafts().unrated());
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
                result.putTotals(kind.label(), run(billing).totals(kind, period));
                result.putCheck(done.check());
                result.requireAgreement(done.check());
            }
            result.putUnrated(all);
            result.requireComplete(all);
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
            result.putTotals("invoice", report.invoices());
            result.putTotals("payout", report.payouts());
            result.put("linesVerified", report.linesVerified());
            result.put("linesFailed", report.linesFailed());
            result.putUnregistered(report.unregistered());
            result.putUnrated(report.unrated());
            if (report.linesFailed() > 0) {
                throw result.failure(
                        ExitCode.DISAGREED,
                        "%d lines differ from their raw events; 'countinghouse bill check --period %s' names them"
                                .formatted(report.linesFailed(), period.label()));
            }
            result.requireComplete(report.unrated());
        });
    }

    private BillingRun run(Billing billing) {
        return billing.run().withProgress(new ProgressPrinter(spec.commandLine().getErr()));
    }

    private void step(BillingOptions options, Step step) {
        BillingSession.run(billing -> {
            BillingPeriod period = options.period();
            StepResult result = new StepResult(spec.commandLine().getOut(), options.json());
            result.put("runId", options.runId());
            result.put("period", period.label());
            step.run(billing, period, result);
            result.print();
        });
    }

    private interface Step {
        void run(Billing billing, BillingPeriod period, StepResult result);
    }
}
