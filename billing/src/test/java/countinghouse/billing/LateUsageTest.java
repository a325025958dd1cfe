package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.RecordedGenerations;
import countinghouse.billing.invoice.CheckResult;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BooksExtension.class)
class LateUsageTest {
    private static final BillingPeriod OCTOBER = BillingPeriod.parse("2026-10");
    private static final Instant LONG_AGO = Instant.parse("2025-12-31T23:00:00Z");
    private static final Instant CLOSED = Instant.parse("2026-11-01T02:00:00Z");

    @TempDir
    private Path directory;

    private final RecordedGenerations events = new RecordedGenerations();
    private final List<Count> counts = new ArrayList<>();
    private Books books;
    private Billing billing;
    private long generation;

    @BeforeEach
    void open(Books given) throws IOException {
        books = given;
        billing = Billing.open(settings("late-usage-plans.yaml", ""), Optional.of(events), Clock.systemUTC());
        register("acme", Tier.PREMIUM);
        register("creator", Tier.FREE);
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldGiveBackWhatMoreUsageMakesCheaperByVolume() {
        know("jobs_completed", "acme", "2026-10-03T10:00:00Z", 15, "15");
        know("job_seconds", "acme", "2026-10-03T10:00:00Z", 15, "1000");
        bill();
        String first = invoices("acme").get(0).canonical();
        know("jobs_completed", "acme", "2026-10-03T10:15:00Z", 1, "1");

        adjust();

        List<Document> invoices = invoices("acme");
        assertThat(invoices).hasSize(2);
        assertThat(invoices.get(0).canonical()).isEqualTo(first);
        Document adjustment = invoices.get(1);
        assertThat(adjustment.sequence()).isEqualTo(1);
        assertThat(adjustment.status()).isEqualTo(DocumentStatus.FINALIZED);
        // 16 x 5 = 80, less 15 x 10 = 150: rating the one late unit alone would have charged 100.
        assertThat(adjustment.total()).isEqualByComparingTo("-70");
        assertThat(adjustment.lines()).singleElement().satisfies(line -> {
            assertThat(line.content().metered().orElseThrow().quantity()).isEqualByComparingTo("16");
            assertThat(line.content().before().orElseThrow().amount()).isEqualByComparingTo("150");
            assertThat(line.content().before().orElseThrow().lines())
                    .containsExactly(invoices.get(0).id() + "/1");
        });
        assertThat(billing.verifier().verify(adjustment.id(), 1).message()).contains("agrees");
        assertThat(billing.verifier().verify(invoices.get(0).id(), 1).message()).contains("agrees");
    }

    @Test
    void shouldOweAMinimumOnceHoweverLateTheUsageIs() {
        know("job_seconds", "acme", "2026-10-03T10:00:00Z", 1, "100");
        bill();
        // 6.70, raised to 50.
        assertThat(invoices("acme").get(0).lines().get(0).amount()).isEqualByComparingTo("50");

        know("job_seconds", "acme", "2026-10-04T10:00:00Z", 1, "500");
        adjust();
        // 40.20: still below the minimum.
        assertThat(invoices("acme")).hasSize(1);

        know("job_seconds", "acme", "2026-10-05T10:00:00Z", 1, "255");
        adjust();
        // 855 x 0.067 = 57.285, rounded 57.29, less 50.
        assertThat(invoices("acme").get(1).total()).isEqualByComparingTo("7.29");

        know("job_seconds", "acme", "2026-10-06T10:00:00Z", 1, "-100");
        adjust();
        // 755 x 0.067 = 50.585, rounded 50.59, less 57.29.
        assertThat(invoices("acme").get(2).total()).isEqualByComparingTo("-6.70");
        assertThat(invoices("acme")
                        .get(2)
                        .lines()
                        .get(0)
                        .content()
                        .before()
                        .orElseThrow()
                        .lines())
                .hasSize(2);
    }

    @Test
    void shouldNeverInvoiceAResidueOfRounding() {
        know("tickets_sold", "acme", "2026-10-03T10:00:00Z", 11, "11");
        know("job_seconds", "acme", "2026-10-03T10:00:00Z", 1, "1000");
        bill();
        // One ticket at 0.125, rounded to 0.13; the second makes it 0.25.
        assertThat(invoices("acme").get(0).total()).isEqualByComparingTo("67.13");
        know("tickets_sold", "acme", "2026-10-04T10:00:00Z", 1, "1");
        adjust();
        assertThat(invoices("acme").get(1).total()).isEqualByComparingTo("0.12");
        know("job_seconds", "acme", "2026-10-04T10:00:00Z", 1, "0.001");
        adjust();
        assertThat(invoices("acme")).hasSize(2);
    }

    @Test
    void shouldAdjustOnceWhenRepeatedOrRunTwiceAtOnce() {
        know("jobs_completed", "acme", "2026-10-03T10:00:00Z", 3, "3");
        bill();
        know("jobs_completed", "acme", "2026-10-04T10:00:00Z", 5, "5");

        CompletableFuture<CheckResult> here = CompletableFuture.supplyAsync(this::adjust);
        CompletableFuture<CheckResult> there = CompletableFuture.supplyAsync(this::adjust);
        here.join();
        there.join();
        adjust();

        assertThat(invoices("acme")).hasSize(2);
        assertThat(invoices("acme").get(1).total()).isEqualByComparingTo("50");
        assertThat(billing.ledgerVerifier().verify(Optional.empty()).ok()).isTrue();
    }

    @Test
    void shouldNotTakeBackWhatANewerGenerationKnewWhenTheGenerationIsRolledBack() {
        know("jobs_completed", "acme", "2026-10-03T10:00:00Z", 3, "3");
        bill();
        know("jobs_completed", "acme", "2026-10-04T10:00:00Z", 5, "5");
        adjust();
        books.owner().useHandle(handle -> handle.execute("UPDATE published.pointer SET generation = 1"));

        adjust();

        assertThat(invoices("acme")).hasSize(2);
    }

    @Test
    void shouldInvoiceAnAccountWhoseWholeUsageIsLate() {
        bill();
        assertThat(invoices("creator")).hasSize(1);
        assertThat(documents(DocumentKind.PAYOUT, "creator")).isEmpty();
        know("billable_views", "creator", "2026-10-09T18:00:00Z", 12345, "12345");
        counts.add(Count.of("ad_revenue", "advertiser", "2026-10-09T18:00:00Z", 2, "0.35")
                .with("{\"payee\":\"creator\",\"video_id\":\"v1\"}"));
        publish();

        billing.run().adjust(DocumentKind.PAYOUT, OCTOBER, "late-1", "tester");

        assertThat(documents(DocumentKind.PAYOUT, "creator")).singleElement().satisfies(payout -> {
            assertThat(payout.sequence()).isEqualTo(1);
            // 12.345 and 55 % of 0.35, each rounded.
            assertThat(payout.total()).isEqualByComparingTo("12.54");
        });
        // The first run, repeated, leaves it at that.
        billing.run().runAll(OCTOBER, "run-2", "tester");
        assertThat(documents(DocumentKind.PAYOUT, "creator")).hasSize(1);
    }

    @Test
    void shouldPayACreatorLessWhenRevenueIsTakenBackLater() {
        counts.add(Count.of("ad_revenue", "advertiser", "2026-10-09T18:00:00Z", 2, "10")
                .with("{\"payee\":\"creator\",\"video_id\":\"v1\"}"));
        bill();
        counts.add(Count.of("ad_revenue", "advertiser", "2026-10-10T18:00:00Z", 1, "-4")
                .with("{\"payee\":\"creator\",\"video_id\":\"v1\"}"));
        publish();

        CheckResult result = billing.run()
                .adjust(DocumentKind.PAYOUT, OCTOBER, "late-1", "tester")
                .check();

        assertThat(result.failures()).isEmpty();
        assertThat(documents(DocumentKind.PAYOUT, "creator"))
                .extracting(payout -> payout.total().toPlainString())
                .containsExactly("5.50", "-2.20");
    }

    @Test
    void shouldAdjustWithThePlanThatThePeriodWasInvoicedWith() throws IOException {
        know("jobs_completed", "acme", "2026-10-03T10:00:00Z", 15, "15");
        bill();
        billing.close();
        billing = Billing.open(settings("late-usage-plans.yaml", "version: 2"), Optional.of(events), Clock.systemUTC());
        know("jobs_completed", "acme", "2026-10-04T10:00:00Z", 1, "1");

        adjust();

        assertThat(invoices("acme").get(1).total()).isEqualByComparingTo("-70");
        assertThat(invoices("acme").get(1).lines().get(0).content().planVersion())
                .isEqualTo(1);
    }

    @Test
    void shouldNotVoidWhatAnAdjustmentRestsOn() {
        know("jobs_completed", "acme", "2026-10-03T10:00:00Z", 3, "3");
        bill();
        know("jobs_completed", "acme", "2026-10-04T10:00:00Z", 5, "5");
        adjust();
        List<Document> invoices = invoices("acme");

        assertThatThrownBy(() -> move(invoices.get(0), DocumentStatus.VOID))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining(invoices.get(1).id())
                .hasMessageContaining("newest");

        move(invoices.get(1), DocumentStatus.VOID);
        move(invoices.get(0), DocumentStatus.VOID);
        adjust();
        // The first document again, from the generation that the period is pinned to, and the adjustment again.
        assertThat(invoices("acme").stream().filter(one -> one.status() != DocumentStatus.VOID))
                .extracting(one -> one.total().toPlainString())
                .containsExactly("150.00", "50.00");
    }

    private Document move(Document document, DocumentStatus to) {
        return billing.statusChanges().move(document.id(), to, "a test", "tester");
    }

    private void know(String meter, String account, String cell, long n, String value) {
        counts.add(Count.of(meter, account, cell, n, value));
        publish();
    }

    private void publish() {
        generation++;
        events.record(generation, counts);
        books.publish(generation, CLOSED.plusSeconds(generation * 3600), counts);
    }

    private void bill() {
        if (generation == 0 || counts.isEmpty()) {
            publish();
        }
        publish();
        assertThat(billing.run().runAll(OCTOBER, "run-1", "tester").linesFailed())
                .isZero();
    }

    private CheckResult adjust() {
        CheckResult result = billing.run()
                .adjust(DocumentKind.INVOICE, OCTOBER, "late", "tester")
                .check();
        assertThat(result.failures()).isEmpty();
        return result;
    }

    private List<Document> invoices(String account) {
        return documents(DocumentKind.INVOICE, account);
    }

    private List<Document> documents(DocumentKind kind, String account) {
        return billing.documents().page(DocumentFilter.all(kind), "", 100).stream()
                .filter(one -> one.account().equals(account))
                .sorted(Comparator.comparing(Document::sequence).thenComparing(Document::createdAt))
                .toList();
    }

    private void register(String account, Tier tier) {
        billing.accounts().register(new Registration(account, account, tier, LONG_AGO, ZoneId.of("UTC")), "tester");
    }

    private Settings settings(String plans, String version) throws IOException {
        try (InputStream yaml = LateUsageTest.class.getResourceAsStream("/" + plans)) {
            String text = new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
            if (!version.isEmpty()) {
                text = text.replace("version: 1", version).replace("\"10\" }", "\"99\" }");
            }
            Path file = Files.writeString(directory.resolve("plans-%s.yaml".formatted(version.length())), text);
            Map<String, String> settings = new HashMap<>(books.settingsMap());
            settings.put("billing.plans", file.toString());
            return Settings.of(settings);
        }
    }
}
