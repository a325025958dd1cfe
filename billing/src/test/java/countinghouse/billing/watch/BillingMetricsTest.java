package countinghouse.billing.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.RecordedEvents;
import countinghouse.billing.plan.Tier;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class BillingMetricsTest {
    private static final List<Count> COUNTS =
            List.of(Count.of("jobs_completed", "acme", "2026-10-03T10:00:00Z", 2200, "2200"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldTellWhatWasBilledAndThatTheChainBroke(Books books) {
        try (Billing billing =
                Billing.open(books.settings(), Optional.of(new RecordedEvents(COUNTS)), Clock.systemUTC())) {
            billing.accounts()
                    .register(
                            new Registration(
                                    "acme",
                                    "acme",
                                    Tier.PREMIUM,
                                    Instant.parse("2025-12-31T23:00:00Z"),
                                    ZoneId.of("Europe/Berlin")),
                            "tester");
            books.publish(1, Instant.parse("2026-11-01T02:00:00Z"), COUNTS);
            billing.run().runAll(BillingPeriod.parse("2026-10"), "run-1", "tester");
            try (BillingMetrics metrics = BillingMetrics.start(
                    registry,
                    billing.jdbi(),
                    true,
                    () -> billing.ledgerVerifier().verify(Optional.empty()),
                    Duration.ofMillis(100),
                    Clock.systemUTC())) {
                assertThat(metrics).isNotNull();
                // 1000 x 0.02 + 1200 x 0.012.
                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    assertThat(value("countinghouse.billed.amount")).isEqualTo(34.40);
                    assertThat(value("countinghouse.ledger.broken")).isZero();
                    assertThat(value("countinghouse.ledger.entries")).isPositive();
                });
                assertThat(registry.get("countinghouse.billed.amount")
                                .tag("kind", "invoice")
                                .tag("status", "finalized")
                                .gauge())
                        .isNotNull();

                books.owner()
                        .useHandle(handle -> handle.execute("UPDATE billing.ledger SET entry = '' WHERE number = 1"));

                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() ->
                                assertThat(value("countinghouse.ledger.broken")).isEqualTo(1));
            }
        }
    }

    private double value(String name) {
        Gauge gauge = registry.find(name).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }
}
