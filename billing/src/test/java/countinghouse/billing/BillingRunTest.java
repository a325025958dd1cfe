package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.account.Registration;
import countinghouse.billing.books.RecordedEvents;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The steps of a billing run, from the first event to finalized invoices. */
class BillingRunTest extends OctoberBooks {
    @Test
    void shouldBillAClosedMonthFromTheFirstEventToAFinalizedInvoice() {
        books.publish(1, CLOSED, COUNTS);

        BillingReport report = billing.run().runAll(OCTOBER, "run-1", "tester");

        assertThat(report.linesFailed()).isZero();
        assertThat(report.invoices().documents()).isEqualTo(3);
        assertThat(report.unregistered().accounts()).isEqualTo(2);
        Document acme = invoice("acme");
        assertThat(acme.status()).isEqualTo(DocumentStatus.FINALIZED);
        // jobs: 1000 x 0.02 + 1200 x 0.012 = 34.40; seconds: 10000 x 0.001 + 2345.678 x 0.0005 = 11.172839.
        assertThat(acme.lines().get(0).amount()).isEqualByComparingTo("34.40");
        assertThat(acme.lines().get(1).amount()).isEqualByComparingTo("11.17");
        assertThat(acme.total()).isEqualByComparingTo("45.57");
        assertThat(acme.lines())
                .allSatisfy(line -> assertThat(line.listDigest()).isPresent());
        assertThat(invoice("solo").total()).isEqualByComparingTo("0");
        assertThat(invoice("solo").lines().get(0).content().details())
                .anySatisfy(detail -> assertThat(detail.reference()).isEqualTo("blocked-overage-upgrade-to-pro"));
        // 499 + 3 x 0.50 less 20 %.
        assertThat(invoice("theatre").total()).isEqualByComparingTo("500.20");
        // 12345 x 0.001 = 12.345, rounded 12.35; 55 % of 0.35 = 0.1925, rounded 0.19.
        assertThat(documents(DocumentKind.PAYOUT)).singleElement().satisfies(payout -> assertThat(payout.total())
                .isEqualByComparingTo("12.54"));
        assertThat(ledger().ok()).isTrue();
    }

    @Test
    void shouldMakeTheSameInvoicesWhenRunTwiceAndAfterANewerGeneration() {
        books.publish(1, CLOSED, COUNTS);
        BillingReport first = billing.run().runAll(OCTOBER, "run-1", "tester");
        List<String> before = canonical();
        books.publish(2, CLOSED.plusSeconds(3600), List.of());

        BillingReport second = billing.run().runAll(OCTOBER, "run-2", "tester");

        assertThat(second).isEqualTo(first);
        assertThat(canonical()).isEqualTo(before);
    }

    @Test
    void shouldMakeEachInvoiceOnceWhenTwoRunsWorkAtOnce() {
        books.publish(1, CLOSED, COUNTS);
        try (Billing other =
                Billing.open(books.settings(), Optional.of(new RecordedEvents(COUNTS)), Clock.systemUTC())) {
            CompletableFuture<BillingReport> here =
                    CompletableFuture.supplyAsync(() -> billing.run().runAll(OCTOBER, "run-here", "tester"));
            CompletableFuture<BillingReport> there =
                    CompletableFuture.supplyAsync(() -> other.run().runAll(OCTOBER, "run-there", "tester"));

            assertThat(here.join().invoices().documents()).isEqualTo(3);
            assertThat(there.join().linesFailed()).isZero();
        }
        assertThat(documents(DocumentKind.INVOICE)).hasSize(3);
        assertThat(documents(DocumentKind.PAYOUT)).hasSize(1);
        assertThat(ledger().ok()).isTrue();
    }

    @Test
    void shouldRefuseAPeriodThatIsNotClosedAndSayThroughWhenItIs() {
        assertThatThrownBy(() -> billing.run().runAll(OCTOBER, "run-1", "tester"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("nothing is published");

        books.publish(1, Instant.parse("2026-10-31T23:59:58Z"), COUNTS);

        assertThatThrownBy(() -> billing.run().runAll(OCTOBER, "run-1", "tester"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("closed through 2026-10-31T23:59:58Z")
                .hasMessageContaining("batch run");
        assertThat(documents(DocumentKind.INVOICE)).isEmpty();
    }

    @Test
    void shouldNotFinalizeWhatWasNotChecked() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().close(OCTOBER, "run-1", "tester");
        billing.run().draft(DocumentKind.INVOICE, OCTOBER, "run-1", "tester");

        assertThatThrownBy(() -> billing.run().finalizeDrafts(DocumentKind.INVOICE, OCTOBER, "run-1", "tester"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("bill check");
    }

    @Test
    void shouldReplaceAVoidInvoiceByAnotherOne() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        Document first = invoice("acme");
        billing.statusChanges().move(first.id(), DocumentStatus.VOID, "wrong address", "tester");

        billing.run().runAll(OCTOBER, "run-2", "tester");

        assertThat(documents(DocumentKind.INVOICE).stream()
                        .filter(one -> one.account().equals("acme")))
                .hasSize(2)
                .anySatisfy(one -> assertThat(one.status()).isEqualTo(DocumentStatus.VOID))
                .anySatisfy(one -> assertThat(one.id()).isNotEqualTo(first.id()));
        assertThatThrownBy(() -> billing.statusChanges().move(first.id(), DocumentStatus.PAID, "", "tester"))
                .isInstanceOf(BillingException.class);
    }

    @Test
    void shouldProrateFixedAmountsByDayWhenTheTierChangesInMidPeriod() {
        books.publish(1, CLOSED, COUNTS);
        billing.accounts()
                .register(
                        new Registration(
                                "theatre",
                                "theatre",
                                Tier.PRO,
                                Instant.parse("2026-10-21T00:00:00Z"),
                                ZoneId.of("UTC")),
                        "tester");

        billing.run().runAll(OCTOBER, "run-1", "tester");

        // 499 x 20/31 = 321.935..., tickets 1.20, 49 x 11/31 = 17.387...
        assertThat(invoice("theatre").lines())
                .extracting(line -> line.amount().toPlainString())
                .containsExactly("321.94", "1.20", "17.39");
        assertThat(billing.run()
                        .check(DocumentKind.INVOICE, OCTOBER, "run-2", "tester")
                        .failures())
                .isEmpty();
    }

    private List<String> canonical() {
        return documents(DocumentKind.INVOICE).stream().map(Document::canonical).toList();
    }

    private LedgerVerdict ledger() {
        return billing.ledgerVerifier().verify(Optional.empty());
    }
}
