package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.RecordedEvents;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.billing.verify.LineVerdict;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class BillingRunTest {
    private static final BillingPeriod OCTOBER = BillingPeriod.parse("2026-10");
    private static final Instant LONG_AGO = Instant.parse("2025-12-31T23:00:00Z");
    private static final Instant CLOSED = Instant.parse("2026-11-01T02:00:00Z");
    private static final List<Count> COUNTS = List.of(
            Count.of("jobs_completed", "acme", "2026-10-03T10:00:00Z", 1500, "1500"),
            Count.of("jobs_completed", "acme", "2026-10-04T10:15:00Z", 700, "700"),
            Count.of("jobs_completed", "acme", "2026-11-01T00:00:00Z", 9, "9"),
            Count.of("job_seconds", "acme", "2026-10-03T10:00:00Z", 1500, "12345.678"),
            Count.of("jobs_completed", "solo", "2026-10-31T23:45:00Z", 130, "130"),
            Count.of("tickets_sold", "theatre", "2026-10-09T18:00:00Z", 3, "3"),
            Count.of("billable_views", "creator", "2026-10-09T18:00:00Z", 12345, "12345"),
            Count.of("ad_revenue", "advertiser", "2026-10-09T18:00:00Z", 2, "0.35")
                    .with("{\"payee\":\"creator\",\"video_id\":\"v1\"}"),
            Count.of("jobs_completed", "stranger", "2026-10-09T18:00:00Z", 4, "4"));

    private final RecordedEvents events = new RecordedEvents(COUNTS);
    private Books books;
    private Billing billing;

    @BeforeEach
    void open(Books given) {
        books = given;
        billing = Billing.open(books.settings(), Optional.of(events), Clock.systemUTC());
        register("acme", Tier.PREMIUM);
        register("solo", Tier.FREE);
        register("theatre", Tier.VIP);
        register("creator", Tier.FREE);
    }

    @AfterEach
    void close() {
        billing.close();
    }

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
    void shouldNameWhatTheOwnerOfTheDatabaseChangedInALine() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        String id = invoice("acme").id();
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE billing.document_line SET amount = 0.40 WHERE document = ? AND n = 1", id));

        LineVerdict verdict = billing.verifier().verify(id, 1);

        assertThat(verdict.ok()).isFalse();
        assertThat(verdict.message())
                .contains("amount is 0.40, but recomputed it is 34.40", "document digest", "ledger digest");
    }

    @Test
    void shouldDetectAChangedQuantityEvenIfTheDigestWasChangedWithIt() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        String id = invoice("acme").id();
        books.owner().useHandle(handle -> handle.execute("""
                UPDATE billing.document_line SET content = jsonb_set(content, '{metered,quantity}', '"2"')
                WHERE document = ? AND n = 1
                """, id));
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE billing.document SET digest = ? WHERE id = ?",
                        billing.documents().get(id).computedDigest(),
                        id));

        LineVerdict verdict = billing.verifier().verify(id, 1);

        assertThat(verdict.message())
                .contains("quantity is 2, but recomputed it is 2200", "ledger digest")
                .doesNotContain("document digest");
    }

    @Test
    void shouldDetectAChangedRawEvent() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        events.replace(0, Count.of("jobs_completed", "acme", "2026-10-03T10:00:00Z", 1499, "1499"));

        CheckResult result = billing.run().check(DocumentKind.INVOICE, OCTOBER, "run-2", "tester");

        assertThat(result.failures()).singleElement().satisfies(verdict -> assertThat(verdict.message())
                .contains("count n", "quantity", "fingerprint", "list digest", "amount"));
    }

    @Test
    void shouldDetectAChangedPrice() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        books.owner().useHandle(handle -> handle.execute("""
                UPDATE billing.plan_version
                SET document = replace(document::text, '"0.012"', '"0.002"')::jsonb WHERE plan = 'premium'
                """));

        assertThat(billing.verifier().verify(invoice("acme").id(), 1).message())
                .contains("plan digest", "amount is 34.40, but recomputed it is 22.40");
    }

    @Test
    void shouldDetectAChangedCount() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE published.batch_count SET n = 701, value = 701 WHERE account = 'acme' AND n = 700"));

        assertThat(billing.verifier().verify(invoice("acme").id(), 1).message())
                .contains("published count n is 2200, but recomputed it is 2201", "published quantity");
    }

    @Test
    void shouldDetectAChangedManifest() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        books.owner()
                .useHandle(handle ->
                        handle.execute("UPDATE published.generation SET manifest = '{\"versions\": {\"meters\": 2}}'"));

        assertThat(billing.verifier().verify(invoice("acme").id(), 1).message())
                .contains("manifest of generation 1 is", "manifest of generation 1 when the period was closed");
    }

    @Test
    void shouldDetectAChangedLedgerRowAndSayWhich() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        String id = invoice("acme").id();
        long entry =
                billing.ledgerReader().rootOf("invoice:" + id).orElseThrow().number();
        books.owner()
                .useHandle(handle -> handle.execute(
                        "UPDATE billing.ledger SET entry = replace(entry, 'tester', 'nobody') WHERE number = ?",
                        entry));

        assertThat(billing.verifier().verify(id, 1).message())
                .contains("ledger entry %d is whole".formatted(entry), "its text does not have its hash");
    }

    @Test
    void shouldDetectADigestOfRawEventsThatWasReplaced() {
        books.publish(1, CLOSED, COUNTS);
        billing.run().runAll(OCTOBER, "run-1", "tester");
        String id = invoice("acme").id();
        books.owner().useHandle(handle -> handle.execute("UPDATE billing.line_evidence SET list_digest = sha256('x')"));

        assertThat(billing.verifier().verify(id, 1).message())
                .contains("list digest is", "list digest in the ledger is");
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

    private void register(String account, Tier tier) {
        billing.accounts().register(new Registration(account, account, tier, LONG_AGO, ZoneId.of("UTC")), "tester");
    }

    private Document invoice(String account) {
        return documents(DocumentKind.INVOICE).stream()
                .filter(one -> one.account().equals(account))
                .findFirst()
                .orElseThrow();
    }

    private List<Document> documents(DocumentKind kind) {
        return billing.documents().page(DocumentFilter.all(kind), "", 100);
    }

    private List<String> canonical() {
        return documents(DocumentKind.INVOICE).stream().map(Document::canonical).toList();
    }

    private LedgerVerdict ledger() {
        return billing.ledgerVerifier().verify(Optional.empty());
    }
}
