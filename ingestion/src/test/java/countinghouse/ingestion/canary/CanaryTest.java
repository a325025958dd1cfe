package countinghouse.ingestion.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a front that counts as it is told, rightly or wrongly; that the real platform counts canaries is shown where a whole one runs. */
class CanaryTest {
    private static final Map<String, String> METERS = Map.of(
            "video.view", "views",
            "ad.impression", "ad_impressions",
            "ticket.paid", "tickets_sold",
            "job.submitted", "jobs_submitted",
            "quiz.answer.submitted", "quiz_answers");

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<String, Integer> steps = new HashMap<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private HttpServer front;

    @BeforeEach
    void start() throws IOException {
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", this::answer);
        front.start();
    }

    @AfterEach
    void stop() {
        front.stop(0);
    }

    @Test
    void shouldMeasureTheDelayOfEveryType() {
        canary(Map.of()).round();

        assertThat(metrics.find("countinghouse_canary_delay_seconds").gauges()).hasSize(5);
        assertThat(metrics.find("countinghouse_canary_failures_total").counters())
                .isEmpty();
        assertThat(counts).hasSize(5).allSatisfy((meter, count) -> assertThat(count)
                .isEqualTo(1));
        assertThat(countedAt("view")).isGreaterThan(1_700_000_000);
    }

    @Test
    void shouldTellAnEventThatIsNotCountedFromOneThatIsCountedTwice() {
        steps.put("views", 0);
        steps.put("tickets_sold", 2);
        steps.put("jobs_submitted", -1);

        canary(Map.of()).round();

        assertThat(failures("view", "absent")).isEqualTo(1);
        assertThat(failures("ticket", "miscounted")).isEqualTo(1);
        assertThat(failures("job", "refused")).isEqualTo(1);
        assertThat(metrics.find("countinghouse_canary_failures_total").counters())
                .hasSize(3);
    }

    @Test
    void shouldTakeOnlyAnAccountOfItsOwn() {
        assertThatThrownBy(() -> canary(Map.of("canary.account", "acme")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("countinghouse-canary");
        assertThatThrownBy(() -> CanaryConfig.from(Settings.of(
                        Map.of("http.base-url", "http://127.0.0.1", "auth.jwks-url", "http://127.0.0.1/keys"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("canary.key");
    }

    private Canary canary(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "http.base-url", "http://127.0.0.1:" + front.getAddress().getPort(),
                "canary.key", "a key",
                "canary.patience", "PT0.5S"));
        settings.putAll(more);
        Clock clock = Clock.systemUTC();
        return new Canary(CanaryConfig.from(Settings.of(settings)), new CanaryMetrics(metrics, clock), clock);
    }

    private double countedAt(String type) {
        return metrics.get("countinghouse_canary_counted_timestamp_seconds")
                .tag("type", type)
                .gauge()
                .value();
    }

    private double failures(String type, String reason) {
        return metrics.get("countinghouse_canary_failures_total")
                .tags("type", type, "reason", reason)
                .counter()
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                JsonNode event = Json.mapper().readTree(exchange.getRequestBody());
                String meter = METERS.get(event.path("type").asText());
                int step = steps.getOrDefault(meter, 1);
                counts.merge(meter, step, Integer::sum);
                exchange.sendResponseHeaders(step < 0 ? 503 : 204, -1);
            } else {
                String meter = exchange.getRequestURI().getPath().split("/")[4];
                byte[] body = "{\"data\":[{\"value\":%d}]}"
                        .formatted(counts.getOrDefault(meter, 0))
                        .getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
