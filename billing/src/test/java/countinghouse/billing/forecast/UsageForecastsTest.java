package countinghouse.billing.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.http.Json;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class UsageForecastsTest {
    private static final TimeRange NOVEMBER = BillingPeriod.parse("2026-11").in(ZoneOffset.UTC);
    /** Ten of November's thirty days are over. */
    private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");

    private Books books;
    private Billing billing;

    @BeforeEach
    void open(Books given) {
        books = given;
        billing = Billing.open(books.settings(), Optional.empty(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldForecastThePeriodFromItsElapsedPartAndSuggestTheTierThatCostsLess() {
        Account acme = register("acme", Tier.PRO);
        books.publish(1, NOW, List.of(Count.of("jobs_completed", "acme", "2026-11-05T00:00:00Z", 40000, "40000")));

        UsageReport report = report(acme, Optional.empty());

        // So far 49.00 + 40,000 x 0.01; at the end 120,000 jobs: 49.00 + 1,200.00.
        assertThat(report.amountSoFar()).isEqualByComparingTo("449.00");
        assertThat(report.amountForecast()).isEqualByComparingTo("1249.00");
        // Premium: 1,000 x 0.02 + 9,000 x 0.012 + 110,000 x 0.01 = 1,228.00; VIP: 499.00 + 110,000 x 0.008 = 1,379.00.
        UpgradeSuggestion suggestion = report.suggestion().orElseThrow();
        assertThat(suggestion.tier()).isEqualTo(Tier.PREMIUM);
        assertThat(suggestion.costNow()).isEqualByComparingTo("1249.00");
        assertThat(suggestion.costThen()).isEqualByComparingTo("1228.00");
        JsonNode json = Json.mapper().valueToTree(report.toJson());
        assertThat(json.path("status").asText()).isEqualTo("estimate");
        assertThat(json.path("counts").asText()).isEqualTo("closed generations only");
        assertThat(json.at("/suggestion/saving").asText()).isEqualTo("21.00");
    }

    @Test
    void shouldWarnAtEightyAndAtOneHundredPercentAndOfferFreeAccountsWhatWouldBeAdmitted() {
        Account free = register("free", Tier.FREE);
        books.publish(
                1,
                NOW,
                List.of(
                        Count.of("jobs_completed", "free", "2026-11-05T00:00:00Z", 100, "100"),
                        Count.of("tickets_sold", "free", "2026-11-05T00:00:00Z", 8, "8"),
                        Count.of("quiz_answers", "free", "2026-11-05T00:00:00Z", 799, "799")));

        UsageReport report = report(free, Optional.empty());

        JsonNode json = Json.mapper().valueToTree(report.toJson());
        assertThat(warning(json, "jobs")).startsWith("100 %");
        assertThat(warning(json, "tickets")).startsWith("80 %");
        assertThat(warning(json, "quiz")).isEmpty();
        assertThat(report.amountForecast()).isZero();
        UpgradeSuggestion suggestion = report.suggestion().orElseThrow();
        assertThat(suggestion.tier()).isEqualTo(Tier.PRO);
        assertThat(suggestion.reason()).isEqualTo(UpgradeSuggestion.Reason.UNBLOCKED);
        // 49.00 + 300 jobs x 0.01 + 24 tickets x 0.50 + 2,397 answers x 0.001 = 66.397, rounded per line.
        assertThat(suggestion.costThen()).isEqualByComparingTo("66.40");
    }

    @Test
    void shouldSuggestNothingToWhoIsServedBest() {
        Account acme = register("acme", Tier.PRO);
        books.publish(1, NOW, List.of(Count.of("jobs_completed", "acme", "2026-11-05T00:00:00Z", 1, "1")));

        assertThat(report(register("vip", Tier.VIP), Optional.empty()).suggestion())
                .isEmpty();
        // Premium has no fixed part, and costs less than Pro for next to nothing.
        assertThat(report(acme, Optional.empty()).suggestion().orElseThrow().tier())
                .isEqualTo(Tier.PREMIUM);
    }

    @Test
    void shouldReadBothLayersWhereTheyCanBeReadAndSayWhatIsMissing() {
        Account acme = register("acme", Tier.PRO);
        LiveCounts live = new FixedCounts("jobs_completed", new BigDecimal("500"), "the speed layer is rebuilding");

        UsageReport report = report(acme, Optional.of(live));

        assertThat(report.live()).isTrue();
        assertThat(report.amountSoFar()).isEqualByComparingTo("54.00");
        assertThat(report.amountForecast()).isEqualByComparingTo("64.00");
        JsonNode json = Json.mapper().valueToTree(report.toJson());
        assertThat(json.at("/missing/0").asText()).isEqualTo("the speed layer is rebuilding");
        assertThat(json.path("lacks").toString()).isEqualTo("[{\"code\":\"live-counts\"}]");
    }

    @Test
    void shouldForecastNothingBeyondAPeriodThatIsOver() {
        Account acme = register("acme", Tier.PRO);
        books.publish(1, NOW, List.of(Count.of("jobs_completed", "acme", "2026-10-05T00:00:00Z", 100, "100")));

        UsageReport report = new UsageForecasts(billing, Optional.empty())
                .report(acme, BillingPeriod.parse("2026-10").in(ZoneOffset.UTC));

        assertThat(report.amountForecast())
                .isEqualByComparingTo(report.amountSoFar())
                .isEqualByComparingTo("50.00");
    }

    @Test
    void shouldForecastEarningsByThePlanOfPayOuts() {
        Account creator = register("creator", Tier.FREE);
        books.publish(1, NOW, List.of(Count.of("billable_views", "creator", "2026-11-05T00:00:00Z", 12000, "12000")));

        EarningsReport earnings = earnings(creator, Optional.empty());

        // 12,000 x 0.001 in a third of the month.
        assertThat(earnings.amountSoFar()).isEqualByComparingTo("12.00");
        assertThat(earnings.amountForecast()).isEqualByComparingTo("36.00");
        assertThat(earnings.missing()).isEmpty();
        JsonNode line = Json.mapper().valueToTree(earnings.toJson()).at("/lines/0");
        assertThat(line.path("meter").asText()).isEqualTo("billable_views");
        assertThat(line.path("quantity").asText()).isEqualTo("12000");
        assertThat(line.path("amountForecast").asText()).isEqualTo("36.00");
    }

    @Test
    void shouldSayThatCountsByPayeeComeFromClosedGenerationsOnly() {
        Account creator = register("creator", Tier.FREE);
        LiveCounts live = new FixedCounts("billable_views", new BigDecimal("500"), "nothing else");

        EarningsReport earnings = earnings(creator, Optional.of(live));

        assertThat(earnings.amountSoFar()).isEqualByComparingTo("0.50");
        assertThat(earnings.missing()).anySatisfy(lack -> {
            assertThat(lack.text()).contains("'payee'").contains("before a generation is published");
            assertThat(lack.code()).isEqualTo("not-published");
        });
    }

    @Test
    void shouldTellProgramsThroughWhenCountsByPayeeAreKnown() {
        Account creator = register("creator", Tier.FREE);
        books.publish(1, NOW, List.of());
        LiveCounts live = new FixedCounts("billable_views", new BigDecimal("500"), "nothing else");

        JsonNode json =
                Json.mapper().valueToTree(earnings(creator, Optional.of(live)).toJson());

        assertThat(json.path("missing")).hasSameSizeAs(json.path("lacks"));
        assertThat(json.path("lacks")).anySatisfy(lack -> {
            assertThat(lack.path("code").asText()).isEqualTo("after-closed");
            assertThat(lack.path("dimension").asText()).isEqualTo("payee");
            assertThat(lack.path("through").asText()).isEqualTo(NOW.toString());
        });
    }

    private EarningsReport earnings(Account account, Optional<LiveCounts> live) {
        try (UsageForecasts forecasts = new UsageForecasts(billing, live)) {
            return forecasts.earnings(account, NOVEMBER);
        }
    }

    private UsageReport report(Account account, Optional<LiveCounts> live) {
        try (UsageForecasts forecasts = new UsageForecasts(billing, live)) {
            return forecasts.report(account, NOVEMBER);
        }
    }

    private Account register(String account, Tier tier) {
        return billing.accounts()
                .register(
                        new Registration(account, account, tier, Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC),
                        "tester");
    }

    private static String warning(JsonNode report, String item) {
        for (JsonNode meter : report.path("meters")) {
            if (meter.path("item").asText().equals(item)) {
                return meter.path("warning").asText();
            }
        }
        throw new AssertionError("There is no item " + item);
    }

    /** The counts of one meter, as a merge of both layers would answer. */
    private record FixedCounts(String meter, BigDecimal value, String missing) implements LiveCounts {
        @Override
        public Reading read(String asked, String account, TimeRange range) {
            return asked.equals(meter)
                    ? new Reading(value.longValue(), value, NOW, Optional.of(missing))
                    : new Reading(0, BigDecimal.ZERO, NOW, Optional.of(missing));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
