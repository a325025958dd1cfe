package countinghouse.billing.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.BillingReport;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.RecordedEvents;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class AccountOverridesTest {
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final JsonNode CHEAPER_JOBS = json("""
            {"items": {"jobs": {"price": {"model": "per_unit", "unit_price": "0.004"}, "percent_discount": "50"}},
             "limits": {"concurrent_jobs": 20}}
            """);
    private static final List<Count> COUNTS = List.of(
            Count.of("jobs_completed", "acme", "2026-10-05T00:00:00Z", 1000, "1000"),
            Count.of("jobs_completed", "bolt", "2026-10-05T00:00:00Z", 1000, "1000"));

    private Books books;
    private Billing billing;

    @BeforeEach
    void open(Books given) {
        books = given;
        billing = Billing.open(books.settings(), Optional.of(new RecordedEvents(COUNTS)), Clock.systemUTC());
        register("acme", ZoneOffset.UTC);
        register("bolt", ZoneOffset.UTC);
        books.publish(1, Instant.parse("2026-11-02T00:00:00Z"), COUNTS);
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldBillAndVerifyOneAccountByWhatWasAgreedWithIt() {
        billing.overrides().agree("acme", OCTOBER, CHEAPER_JOBS, "contract 17", "tester");

        BillingReport report = billing.run().runAll(BillingPeriod.parse("2026-10"), "run", "tester");

        // 49.00 + 1000 x 0.004 less 50 % = 51.00; the other account pays 49.00 + 1000 x 0.01.
        assertThat(invoice("acme").total()).isEqualByComparingTo("51.00");
        assertThat(invoice("acme").lines().get(0).content().plan()).isEqualTo("pro@1/acme");
        assertThat(invoice("bolt").total()).isEqualByComparingTo("59.00");
        assertThat(report.linesFailed()).isZero();
        assertThat(report.linesVerified()).isEqualTo(4);
    }

    @Test
    void shouldKeepWhatTheOverrideDoesNotSayAndEndWithAnEmptyOne() {
        Account agreed = billing.overrides().agree("acme", OCTOBER, CHEAPER_JOBS, "contract 17", "tester");
        Account ended = billing.overrides()
                .agree("acme", Instant.parse("2026-12-01T00:00:00Z"), json("{}"), "contract over", "tester");

        PlanVersion october = AccountPlan.of(agreed, billing.plans(), OCTOBER).orElseThrow();
        assertThat(october.limits().orElseThrow().concurrentJobs()).isEqualTo(20);
        assertThat(october.limits().orElseThrow().requestsPerMinute()).isEqualTo(15);
        assertThat(AccountPlan.of(ended, billing.plans(), Instant.parse("2026-12-01T00:00:00Z"))
                        .orElseThrow()
                        .reference())
                .isEqualTo("pro@1");
    }

    @Test
    void shouldNotAgreeTheSameTwice() {
        billing.overrides().agree("acme", OCTOBER, CHEAPER_JOBS, "contract 17", "tester");

        Account again = billing.overrides().agree("acme", OCTOBER, CHEAPER_JOBS, "contract 17", "tester");

        assertThat(again.overrides()).hasSize(1);
    }

    @Test
    void shouldRefuseTermsThatDoNotFitThePlan() {
        assertRefused(json("{\"items\": {\"storage\": {}}}"), "storage");
        assertRefused(json("{\"items\": {\"jobs\": {\"meter\": \"views\"}}}"), "meter");
        assertRefused(json("{\"items\": {\"jobs\": {\"price\": {\"model\": \"gratis\"}}}}"), "gratis");
        assertRefused(json("{\"prices\": {}}"), "prices");
        assertThatThrownBy(() -> billing.overrides().agree("nobody", OCTOBER, CHEAPER_JOBS, "r", "tester"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void shouldRefuseTermsForWhatIsBilledAlready() {
        billing.run().runAll(BillingPeriod.parse("2026-10"), "run", "tester");

        assertThatThrownBy(() -> billing.overrides().agree("acme", OCTOBER, CHEAPER_JOBS, "r", "tester"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("2026-10");
    }

    @Test
    void shouldNotMoveTheBoundariesOfPeriodsThatAreBilled() {
        billing.run().runAll(BillingPeriod.parse("2026-10"), "run", "tester");

        assertThatThrownBy(() -> register("acme", ZoneId.of("Asia/Ho_Chi_Minh")))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("Asia/Ho_Chi_Minh");
    }

    private void assertRefused(JsonNode terms, String reason) {
        assertThatThrownBy(() -> billing.overrides().agree("acme", OCTOBER, terms, "r", "tester"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(reason);
    }

    private Document invoice(String account) {
        return billing.documents().page(DocumentFilter.all(DocumentKind.INVOICE), "", 10).stream()
                .filter(document -> document.account().equals(account))
                .findFirst()
                .orElseThrow();
    }

    private void register(String account, ZoneId zone) {
        billing.accounts().register(new Registration(account, account, Tier.PRO, LONG_AGO, zone), "tester");
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
