package countinghouse.local.demo;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.account.Registration;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.billing.verify.LineVerdict;
import countinghouse.ingestion.source.SourceAccount;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The demo's bookkeeper: registers the simulated accounts, bills the day, and checks every line and the ledger. */
final class Books implements AutoCloseable {
    private static final String ACTOR = "demo";

    private final Billing billing;

    Books(Settings settings) {
        this.billing = Billing.open(settings);
    }

    /** What checking the books found; {@code first} is the first difference in words. */
    record Checked(
            long documents, BigDecimal total, long verified, long failed, Optional<String> first, boolean ledgerOk) {}

    void register(List<SourceAccount> accounts, Instant from) {
        for (SourceAccount account : accounts) {
            billing.accounts()
                    .register(
                            new Registration(
                                    account.account(),
                                    account.account(),
                                    Tier.of(account.tier().name()),
                                    from,
                                    ZoneOffset.UTC),
                            ACTOR);
        }
    }

    /** Invoices and pay-outs of the period, from the published generation. */
    void bill(String period, String runId) {
        try {
            billing.run().runAll(BillingPeriod.parse(period), runId, ACTOR);
        } catch (BillingException e) {
            throw new CommandFailure(ExitCode.DISAGREED, "Cannot bill %s: %s".formatted(period, e.getMessage()), e);
        }
    }

    /** Recomputes every line of the period from raw events, and verifies the ledger. */
    Checked check(String label) {
        BillingPeriod period = BillingPeriod.parse(label);
        CheckResult invoices = billing.run().check(DocumentKind.INVOICE, period, "demo-check", ACTOR);
        CheckResult payouts = billing.run().check(DocumentKind.PAYOUT, period, "demo-check", ACTOR);
        long failed = invoices.failed() + payouts.failed();
        var totals = billing.run().totals(DocumentKind.INVOICE, period);
        LedgerVerdict ledger = billing.ledgerVerifier().verify(Optional.empty());
        return new Checked(
                totals.documents(),
                totals.byCurrency().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                invoices.lines() + payouts.lines() - failed,
                failed,
                firstOf(invoices).or(() -> firstOf(payouts)),
                ledger.ok());
    }

    @Override
    public void close() {
        billing.close();
    }

    private static Optional<String> firstOf(CheckResult result) {
        return result.failures().stream().findFirst().map(LineVerdict::toString);
    }
}
