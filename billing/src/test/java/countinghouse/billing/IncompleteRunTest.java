package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.invoice.Completion;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.invoice.UnratedAccount;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a run does with accounts and periods that cannot be billed. */
@ExtendWith(BooksExtension.class)
class IncompleteRunTest {
    private static final BillingPeriod OCTOBER = BillingPeriod.parse("2026-10");
    private static final Instant LONG_AGO = Instant.parse("2025-12-31T23:00:00Z");
    private static final Instant CLOSED = Instant.parse("2026-11-01T02:00:00Z");
    private static final List<Count> COUNTS = List.of(
            Count.of("jobs_completed", "acme", "2026-10-05T10:00:00Z", 100, "100"),
            Count.of("jobs_completed", "bravo", "2026-10-05T10:00:00Z", 200, "200"),
            Count.of("jobs_completed", "late", "2026-11-01T05:45:00Z", 300, "300"));

    private Books books;
    private Billing billing;

    @BeforeEach
    void open(Books given) {
        books = given;
        billing = Billing.open(books.settings(), Optional.empty(), Clock.systemUTC());
        register("acme", Tier.PRO, LONG_AGO, "UTC");
        register("bravo", Tier.PRO, LONG_AGO, "UTC");
        books.publish(1, CLOSED, COUNTS);
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldBillTheOthersAndNameTheAccountThatCannotBeRated() {
        agree("acme", "2026-10-01T00:00:00Z", "{\"items\":{\"base\":{\"percent_discount\":\"10\"}}}");
        // Premium has no item 'base'.
        register("acme", Tier.PREMIUM, Instant.parse("2026-10-11T00:00:00Z"), "UTC");

        BillingReport report = billing.run().runAll(OCTOBER, "run-1", "tester");

        assertThat(report.unrated().count()).isEqualTo(1);
        assertThat(report.unrated().named()).singleElement().satisfies(unrated -> {
            assertThat(unrated.account()).isEqualTo("acme");
            assertThat(unrated.reason()).contains("'base'").contains("premium@1");
        });
        assertThat(accounts()).containsExactly("bravo");
        assertThat(invoices().get(0).status()).isEqualTo(DocumentStatus.FINALIZED);

        agree("acme", "2026-10-11T00:00:00Z", "{}");
        BillingReport mended = billing.run().runAll(OCTOBER, "run-2", "tester");

        assertThat(mended.unrated().count()).isZero();
        assertThat(accounts()).containsExactly("acme", "bravo");
        // 10 of 31 days of 49.00 less 10 %, = 14.2258...; 100 jobs at 0.01 as Pro.
        assertThat(invoices().get(0).total()).isEqualByComparingTo("15.23");
    }

    @Test
    void shouldNotComplainOfAnAccountThatIsBilledAlready() {
        billing.run().runAll(OCTOBER, "run-1", "tester");
        agree("acme", "2026-11-01T00:00:00Z", "{\"items\":{\"base\":{\"percent_discount\":\"10\"}}}");
        books.owner().useHandle(handle -> handle.execute("""
                UPDATE billing.account_override SET effective_from = '2026-10-01T00:00:00Z',
                    document = '{"items": {"gone": {"percent_discount": "10"}}}'
                """));

        assertThat(billing.run().runAll(OCTOBER, "run-2", "tester").unrated().count())
                .isZero();
    }

    @Test
    void shouldRefuseAPeriodThatOverlapsABilledOne() {
        billing.run().runAll(OCTOBER, "run-1", "tester");

        assertThatThrownBy(() -> billing.run()
                        .close(BillingPeriod.parse("2026-10-31T00:00:00Z/2026-11-01T01:00:00Z"), "run-2", "tester"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("overlaps 2026-10");

        BillingPeriod beside = BillingPeriod.parse("2026-11-01T00:00:00Z/2026-11-01T01:00:00Z");
        assertThat(billing.run().runAll(beside, "run-3", "tester").unrated().count())
                .isZero();
    }

    @Test
    void shouldRefuseOverlapAccountByAccountWhenBothPeriodsWereClosedBefore() {
        BillingPeriod lastDay = BillingPeriod.parse("2026-10-31T00:00:00Z/2026-11-01T00:00:00Z");
        billing.run().close(OCTOBER, "run-1", "tester");
        billing.run().close(lastDay, "run-2", "tester");
        billing.run().complete(DocumentKind.INVOICE, OCTOBER, "run-1", "tester");

        Completion second = billing.run().complete(DocumentKind.INVOICE, lastDay, "run-2", "tester");

        assertThat(second.drafts().drafted()).isZero();
        assertThat(second.drafts().unrated().named())
                .extracting(UnratedAccount::account)
                .containsExactly("acme", "bravo");
        assertThat(second.drafts().unrated().named().get(0).reason()).contains("overlaps 2026-10");
    }

    @Test
    void shouldBillAnAccountOfALaterZoneByAdjustmentFromAGenerationThatKnowsItsWholePeriod() {
        billing.run().close(OCTOBER, "run-1", "tester");
        // Its October ends five hours after the pinned generation.
        register("late", Tier.PRO, LONG_AGO, "America/Los_Angeles");

        BillingReport report = billing.run().runAll(OCTOBER, "run-1", "tester");

        assertThat(report.unrated().named()).first().satisfies(unrated -> assertThat(unrated.reason())
                .contains("2026-11-01T07:00:00Z")
                .contains("bill adjust"));
        assertThat(accounts()).containsExactly("acme", "bravo");

        books.publish(2, Instant.parse("2026-11-01T08:00:00Z"), COUNTS);
        Completion adjusted = billing.run().adjust(DocumentKind.INVOICE, OCTOBER, "run-2", "tester");

        assertThat(adjusted.drafts().unrated().count()).isZero();
        assertThat(accounts()).containsExactly("acme", "bravo", "late");
        // 49.00 and 300 jobs at 0.01.
        assertThat(invoices().get(2).total()).isEqualByComparingTo("52.00");
    }

    @Test
    void shouldKeepTheTimeZoneOfAnAccountThatIsBilledSoThatItsMonthsNeitherOverlapNorLeaveAGap() {
        billing.run().runAll(OCTOBER, "run-1", "tester");

        assertThatThrownBy(() -> register("acme", Tier.PRO, LONG_AGO, "Europe/Berlin"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("documents of periods in UTC")
                .hasMessageContaining("register a new account");

        billing.statusChanges().move(invoices().get(0).id(), DocumentStatus.VOID, "wrong zone", "tester");
        register("acme", Tier.PRO, LONG_AGO, "Europe/Berlin");
        billing.run().runAll(OCTOBER, "run-2", "tester");

        assertThat(invoices().get(0).range())
                .isEqualTo(new TimeRange(Instant.parse("2026-09-30T22:00:00Z"), Instant.parse("2026-10-31T23:00:00Z")));
    }

    private List<String> accounts() {
        return invoices().stream().map(Document::account).toList();
    }

    /** Those that stand, by account. */
    private List<Document> invoices() {
        return billing.documents().page(DocumentFilter.all(DocumentKind.INVOICE).ofPeriod("2026-10"), "", 100).stream()
                .filter(document -> document.status() != DocumentStatus.VOID)
                .sorted(Comparator.comparing(Document::account))
                .toList();
    }

    private void register(String account, Tier tier, Instant from, String zone) {
        billing.accounts().register(new Registration(account, account, tier, from, ZoneId.of(zone)), "tester");
    }

    private void agree(String account, String from, String terms) {
        try {
            billing.overrides()
                    .agree(account, Instant.parse(from), Json.mapper().readTree(terms), "a test", "tester");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
