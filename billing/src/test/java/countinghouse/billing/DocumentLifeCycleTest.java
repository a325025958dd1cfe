package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.RecordedEvents;
import countinghouse.billing.invoice.CreditNote;
import countinghouse.billing.invoice.CreditRequest;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.billing.report.ReportLevel;
import countinghouse.billing.report.UsageReport;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class DocumentLifeCycleTest {
    private static final BillingPeriod OCTOBER = BillingPeriod.parse("2026-10");
    private static final Instant CLOSED = Instant.parse("2026-11-01T02:00:00Z");
    private static final List<Count> COUNTS = List.of(
            Count.of("jobs_completed", "acme", "2026-10-03T10:00:00Z", 1500, "1500"),
            Count.of("jobs_completed", "grand", "2026-10-03T10:00:00Z", 12000, "12000"),
            Count.of("jobs_completed", "grand", "2026-10-04T10:00:00Z", 1, "1"),
            Count.of("jobs_completed", "small", "2026-10-03T10:00:00Z", 130, "130"),
            Count.of("jobs_completed", "middle", "2026-10-03T10:00:00Z", 100, "100"));

    private Books books;
    private Billing billing;
    private Document invoice;

    @BeforeEach
    void bill(Books given) {
        books = given;
        billing = Billing.open(books.settings(), Optional.of(new RecordedEvents(COUNTS)), Clock.systemUTC());
        register("acme", Tier.PREMIUM);
        register("grand", Tier.VIP);
        register("small", Tier.FREE);
        register("middle", Tier.PRO);
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        // 1000 x 0.02 + 500 x 0.012.
        invoice = invoice("acme");
        assertThat(invoice.total()).isEqualByComparingTo("26");
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldGoFromFinalizedToPaidAndRecordWhoBeforeAndAfter() {
        Document paid = move(DocumentStatus.PAID);

        assertThat(paid.status()).isEqualTo(DocumentStatus.PAID);
        assertThat(paid.canonical()).isEqualTo(invoice.canonical());
        assertThat(lastEntry())
                .contains("\"action\":\"invoice.paid\"", "\"actor\":\"tester\"", "\"before\":\"finalized\"")
                .contains("\"after\":\"paid\"");
        // Once more is not another change.
        long entries = billing.ledgerVerifier().verify(Optional.empty()).entries();
        move(DocumentStatus.PAID);
        assertThat(billing.ledgerVerifier().verify(Optional.empty()).entries()).isEqualTo(entries);
    }

    @Test
    void shouldRefuseWhatTheLifeOfADocumentDoesNotAllow() {
        move(DocumentStatus.PAID);
        refused(() -> move(DocumentStatus.VOID), "is paid and cannot become void", "credit note");
        refused(() -> move(DocumentStatus.DRAFT), "cannot become draft");
        Document other = invoice("grand");
        billing.statusChanges().move(other.id(), DocumentStatus.VOID, "wrong address", "tester");
        refused(
                () -> billing.statusChanges().move(other.id(), DocumentStatus.PAID, "", "tester"),
                "is void and cannot become paid");
    }

    @Test
    void shouldCreditNoMoreThanADocumentComesTo() {
        CreditNote first = credit("20.50");
        assertThat(first.number()).isEqualTo(1);
        assertThat(lastEntry()).contains("invoice.credited", "\"after\":\"20.50\"", "\"before\":\"0\"");

        refused(() -> credit("5.51"), "more than is left", "5.50 of 26.00");
        refused(() -> credit("0"), "above 0");
        refused(() -> credit("0.001"), "2 decimal places");
        refused(() -> creditLine(2, "1"), "no line 2");
        assertThat(creditLine(1, "5.5").amount().toPlainString()).isEqualTo("5.50");
        assertThat(billing.creditNotes().of(invoice.id())).hasSize(2);
        assertThat(invoice("acme").canonical()).isEqualTo(invoice.canonical());
        refused(() -> move(DocumentStatus.VOID), "rest on it", first.id());
        assertThat(billing.ledgerVerifier().verify(Optional.empty()).ok()).isTrue();
    }

    @Test
    void shouldCreditOnceWhatTwoWantToCreditAtOnce() {
        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(() -> succeeds("20"));
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> succeeds("20"));

        assertThat(List.of(one.join(), other.join())).containsExactlyInAnyOrder(true, false);
        assertThat(billing.creditNotes().of(invoice.id())).hasSize(1);
    }

    @Test
    void shouldNotCreditADraftOrAVoidDocument() {
        move(DocumentStatus.VOID);
        refused(() -> credit("1"), "is void", "finalized or paid");
        billing.run().draft(DocumentKind.INVOICE, OCTOBER, "run-2", "tester");
        Document draft = billing.documents()
                .page(DocumentFilter.all(DocumentKind.INVOICE).withStatus(DocumentStatus.DRAFT), "", 10)
                .get(0);
        refused(
                () -> billing.creditNotes()
                        .create(new CreditRequest(draft.id(), Optional.empty(), BigDecimal.ONE, "x"), "tester"),
                "is draft");
        refused(
                () -> billing.statusChanges().move(draft.id(), DocumentStatus.PAID, "", "tester"),
                "is draft and cannot become paid");
        refused(
                () -> billing.statusChanges().move(draft.id(), DocumentStatus.FINALIZED, "", "tester"),
                "not checked against its raw events");
    }

    @Test
    void shouldReportUsageAtTheLevelOfTheTierWithWhatIsKnownBesideWhatIsInvoiced() {
        books.publish(
                2,
                CLOSED.plusSeconds(3600),
                List.of(
                        Count.of("jobs_completed", "grand", "2026-10-03T10:00:00Z", 12000, "12000"),
                        Count.of("jobs_completed", "grand", "2026-10-04T10:00:00Z", 1001, "1001"),
                        Count.of("jobs_completed", "small", "2026-10-03T10:00:00Z", 130, "130")));

        UsageReport grand = billing.usageReports().of("grand", OCTOBER);

        assertThat(grand.level()).isEqualTo(ReportLevel.FULL);
        assertThat(grand.closed()).isTrue();
        assertThat(grand.days())
                .extracting(day ->
                        day.day() + " " + day.quantity().stripTrailingZeros().toPlainString())
                .containsExactly("2026-10-03 12000", "2026-10-04 1001");
        assertThat(grand.lines()).hasSize(2);
        assertThat(grand.lines().get(1)).satisfies(line -> {
            // 2001 and 3001 above what is included, at 0.01 less 20 %.
            assertThat(line.invoicedAmount()).isEqualByComparingTo("16.01");
            assertThat(line.knownAmount()).isEqualByComparingTo("24.01");
            assertThat(line.difference()).isEqualByComparingTo("8.00");
            assertThat(line.invoicedQuantity().orElseThrow()).isEqualByComparingTo("12001");
        });
        assertThat(billing.usageReports().of("acme", OCTOBER).level()).isEqualTo(ReportLevel.MONTHLY_SUMMARY);
        // All of it was taken back.
        assertThat(billing.usageReports().of("acme", OCTOBER).lines().get(0).difference())
                .isEqualByComparingTo("-26");
        assertThat(billing.usageReports().of("middle", OCTOBER).level()).isEqualTo(ReportLevel.BASIC);
        assertThat(billing.usageReports().of("small", OCTOBER).level()).isEqualTo(ReportLevel.LIMITED);
        assertThat(billing.usageReports().of("small", OCTOBER).days()).isEmpty();
        assertThatThrownBy(() -> billing.usageReports().of("nobody", OCTOBER)).isInstanceOf(BillingException.class);
        assertThatThrownBy(() -> billing.usageReports().of("acme", BillingPeriod.parse("2020-01")))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("no tier");
    }

    private boolean succeeds(String amount) {
        try {
            credit(amount);
            return true;
        } catch (BillingException e) {
            return false;
        }
    }

    private CreditNote credit(String amount) {
        return billing.creditNotes()
                .create(
                        new CreditRequest(invoice.id(), Optional.empty(), new BigDecimal(amount), "goodwill"),
                        "tester");
    }

    private CreditNote creditLine(int line, String amount) {
        return billing.creditNotes()
                .create(new CreditRequest(invoice.id(), Optional.of(line), new BigDecimal(amount), "wrong"), "tester");
    }

    private Document move(DocumentStatus to) {
        return billing.statusChanges().move(invoice.id(), to, "a test", "tester");
    }

    private String lastEntry() {
        List<LedgerReader.Entry> entries = billing.ledgerReader().page(0, 100);
        return entries.get(entries.size() - 1).text();
    }

    private static void refused(ThrowingCallable attempt, String... parts) {
        assertThatThrownBy(attempt).isInstanceOf(BillingException.class).hasMessageContainingAll(parts);
    }

    private Document invoice(String account) {
        return billing.documents().page(DocumentFilter.all(DocumentKind.INVOICE), "", 100).stream()
                .filter(one -> one.account().equals(account))
                .findFirst()
                .orElseThrow();
    }

    private void register(String account, Tier tier) {
        billing.accounts()
                .register(
                        new Registration(
                                account, account, tier, Instant.parse("2025-12-31T23:00:00Z"), ZoneId.of("UTC")),
                        "tester");
    }
}
