package countinghouse.billing.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class AlertServiceTest {
    private static final String SECRET = "a secret of the tests, thirty-two characters and more";
    private static final RetryPolicy RETRY = new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final Watch clock = new Watch(Instant.parse("2026-11-11T00:00:00Z"));
    private HttpServer receiver;
    private volatile int answer = 204;
    private Billing billing;
    private UsageForecasts usage;
    private AlertService service;

    @BeforeEach
    void open(Books books) throws IOException {
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            received.add(new Received(
                    body,
                    exchange.getRequestHeaders().getFirst(WebhookSignature.HEADER),
                    exchange.getRequestHeaders().getFirst("Countinghouse-Alert-Id")));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        billing = Billing.open(books.settings(), Optional.empty(), clock);
        billing.accounts()
                .register(
                        new Registration(
                                "free", "free", Tier.FREE, Instant.parse("2025-01-01T00:00:00Z"), ZoneOffset.UTC),
                        "tester");
        books.publish(
                1,
                Instant.parse("2026-11-10T00:00:00Z"),
                List.of(
                        Count.of("jobs_completed", "free", "2026-11-05T00:00:00Z", 85, "85"),
                        Count.of("tickets_sold", "free", "2026-11-05T00:00:00Z", 12, "12"),
                        Count.of("quiz_answers", "free", "2026-11-05T00:00:00Z", 799, "799")));
        usage = new UsageForecasts(billing, Optional.empty());
        URI url = URI.create(
                "http://127.0.0.1:%d/hook".formatted(receiver.getAddress().getPort()));
        service = new AlertService(
                billing,
                usage,
                new AlertConfig(
                        List.of(80, 100), Duration.ofMinutes(1), Optional.empty(), Optional.of(url), SECRET, RETRY));
    }

    @AfterEach
    void close() {
        service.close();
        usage.close();
        billing.close();
        receiver.stop(0);
    }

    @Test
    void shouldRaiseEachAlertOncePerAccountPeriodAndThreshold() {
        // Jobs are at 85 %, tickets at 120 %, answers at 79.9 %.
        assertThat(service.look()).isEqualTo(3);
        assertThat(service.look()).isZero();

        assertThat(service.deliver()).isEqualTo(3);
        assertThat(service.deliver()).isZero();
        assertThat(received).hasSize(3);
        assertThat(received)
                .anyMatch(alert -> alert.body().contains("\"subject\":\"jobs_completed\"")
                        && alert.body().contains("\"threshold\":80")
                        && alert.body().contains("\"used\":\"85\"")
                        && alert.body().contains("\"limit\":\"100\""));
    }

    @Test
    void shouldSignWhatItSendsSoThatOthersCannot() {
        service.look();
        service.deliver();

        Received one = received.get(0);
        assertThat(one.id()).startsWith("alert_");
        assertThat(verified(SECRET, one.signature(), one.body(), Duration.ZERO)).isTrue();
        assertThat(verified("another secret", one.signature(), one.body(), Duration.ZERO))
                .isFalse();
        assertThat(verified(SECRET, one.signature(), one.body() + " ", Duration.ZERO))
                .isFalse();
        assertThat(verified(SECRET, one.signature(), one.body(), Duration.ofMinutes(6)))
                .isFalse();
        assertThat(verified(SECRET, "v1=00", one.body(), Duration.ZERO)).isFalse();
    }

    @Test
    void shouldTryAgainLaterAndLaterThenGiveUpUntilSomebodyReplaysIt() {
        answer = 503;
        service.look();

        assertThat(service.deliver()).isZero();
        assertThat(service.deliver()).isZero();
        assertThat(received).as("nothing is due before the first wait is over").hasSize(3);
        clock.pass(Duration.ofSeconds(10));
        service.deliver();
        assertThat(received).hasSize(6);
        clock.pass(Duration.ofSeconds(10));
        service.deliver();
        assertThat(received).as("the second wait is longer").hasSize(6);
        clock.pass(Duration.ofSeconds(5));
        service.deliver();
        assertThat(received).hasSize(9);
        clock.pass(Duration.ofHours(1));
        assertThat(service.deliver()).isZero();
        assertThat(received).as("given up after three attempts").hasSize(9);

        Alerts alerts = new Alerts(billing.jdbi(), clock);
        List<Alerts.AlertState> dead = alerts.page(true, Optional.empty(), "", 10);
        assertThat(dead).hasSize(3);
        assertThat(dead.get(0).deliveries()).contains("503").contains("dead");
        answer = 200;
        assertThat(alerts.replay(Optional.of(dead.get(0).alert().id()), "tester"))
                .isEqualTo(1);
        assertThat(alerts.replay(Optional.empty(), "tester")).isEqualTo(2);
        assertThat(service.deliver()).isEqualTo(3);
        assertThat(received.get(9).body()).as("the same bytes as before").isIn(bodies(received.subList(0, 9)));
        assertThat(alerts.page(true, Optional.empty(), "", 10)).isEmpty();
        assertThatThrownBy(() -> alerts.replay(Optional.of(dead.get(0).alert().id()), "tester"))
                .isInstanceOf(BillingException.class);
        assertThat(billing.ledgerReader().page(0, 100))
                .anyMatch(entry -> entry.text().contains("alerts.replayed"));
    }

    @Test
    void shouldDeliverAgainWhatAProcessTookAndDied() {
        service.look();
        billing.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE billing.alert_delivery SET attempts = 1, next_attempt = ?",
                        clock.instant().plusSeconds(120).atOffset(ZoneOffset.UTC)));

        assertThat(service.deliver()).isZero();
        clock.pass(Duration.ofMinutes(2));

        assertThat(service.deliver()).isEqualTo(3);
    }

    @Test
    void shouldRefuseAWebhookWithoutASecretAndThresholdsThatAreNotPercents() {
        assertThatThrownBy(() -> AlertConfig.from(Settings.of(Map.of("alerts.webhook-url", "http://127.0.0.1/"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("alerts.webhook-secret");
        assertThatThrownBy(() -> AlertConfig.from(Settings.of(Map.of("alerts.thresholds", "most"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("alerts.thresholds");
        assertThat(AlertConfig.from(Settings.of(Map.of())).thresholds()).containsExactly(80, 100);
    }

    private boolean verified(String secret, String signature, String body, Duration later) {
        return WebhookSignature.verify(secret, signature, body, clock.instant().plus(later), Duration.ofMinutes(5));
    }

    private static List<String> bodies(List<Received> all) {
        return all.stream().map(Received::body).toList();
    }

    private record Received(String body, String signature, String id) {}

    /** A clock that the test moves. */
    private static final class Watch extends Clock {
        private volatile Instant now;

        Watch(Instant now) {
            this.now = now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
