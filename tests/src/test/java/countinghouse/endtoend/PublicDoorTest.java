package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.ingestion.canary.CanaryRole;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.kit.process.ServiceProcess;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.demo.ApiClient;
import countinghouse.testing.tool.OptionalTool;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real processes as their customers see them: published SDKs, installed from npm as they are, of which nothing knows of Countinghouse, and
 * the canary.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicDoorTest {
    @TempDir
    private static Path folder;

    private Platform platform;
    private Countinghouse countinghouse;

    @BeforeAll
    void start() {
        Path state = folder.resolve("state");
        platform = Platform.start(PlatformOptions.at(state)
                .with(Set.of(
                        Platform.KAFKA,
                        Platform.REGISTRY,
                        Platform.REDIS,
                        Platform.POSTGRES,
                        Platform.API,
                        Platform.SPEED)));
        countinghouse = new Countinghouse(state);
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void shouldServeTheOpenMeterSdkUnchanged() throws IOException {
        JsonNode seen = node().run("openmeter.mjs", platform.api().toString(), key("sdk-customer"), "sdk-customer");

        assertThat(seen.at("/sold/0/value").decimalValue()).isEqualByComparingTo("4");
        assertThat(seen.at("/revenue/0/value").decimalValue()).isEqualByComparingTo("20.25");
        assertThat(seen.at("/byOffering")).hasSize(2);
        assertThat(seen.at("/filtered/0/value").decimalValue()).isEqualByComparingTo("3");
        assertThat(seen.at("/slugs").toString()).contains("tickets_sold");
        assertThat(seen.at("/aggregation").asText()).isEqualTo("COUNT");
        assertThat(seen.at("/invalid/known").asBoolean()).isTrue();
        assertThat(seen.at("/invalid/status").asInt()).isEqualTo(400);
        assertThat(seen.at("/invalid/message").asText()).contains("'ticket_id' is required");
        assertThat(seen.at("/foreign/message").asText()).contains("your API key may send [sdk-customer]");
        assertThat(seen.at("/unknown/status").asInt()).isEqualTo(404);
    }

    @Test
    void shouldTakeEveryFormThatTheCloudEventsSdkWrites() throws IOException {
        String key = key("counter-office");
        JsonNode seen = node().run("cloudevents.mjs", platform.api().toString(), key, "counter-office");

        assertThat(Json.text(seen))
                .isEqualTo("{\"binary\":204,\"structured\":204,\"binaryBytes\":204,\"structuredBytes\":204,"
                        + "\"batch\":204,\"emitted\":{\"binary\":\"\",\"structured\":\"\"}}");
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(served(key))
                .isEqualByComparingTo("8"));
    }

    @Test
    void shouldCountTheCanaryOfEveryTypeThroughDoorAndApi() throws Exception {
        Map<String, String> settings = Map.of(
                "http.base-url", platform.api().toString(),
                "http.port", "0",
                "auth.jwt-secret", platform.settings().text("auth.jwt-secret"),
                "canary.patience", "PT30S",
                "canary.interval", "PT1S");
        try (ServiceProcess canary = ServiceProcess.start(Settings.of(settings), List.of(new CanaryRole()))) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                for (String type : List.of("view", "ad", "ticket", "job", "custom")) {
                    assertThat(metrics(canary))
                            .containsPattern(
                                    "countinghouse_canary_delay_seconds\\{type=\"" + type + "\"\\} (?!0\\.0\\n)");
                }
            });
            assertThat(metrics(canary)).doesNotContain("countinghouse_canary_failures_total");
        }
    }

    private static String metrics(ServiceProcess process) throws Exception {
        URI metrics = URI.create("http://127.0.0.1:" + process.port() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static NodeProject node() throws IOException {
        OptionalTool.program("node");
        OptionalTool.program("npm");
        if (!Files.exists(folder.resolve("node"))) {
            NodeProject.install(Path.of("src/test/node").toAbsolutePath(), folder.resolve("node"));
        }
        return new NodeProject(folder.resolve("node"));
    }

    private BigDecimal served(String key) {
        JsonNode data = new ApiClient(platform.api(), key)
                .get("/api/v1/meters/tickets_served/query?subject=counter-office")
                .get("data");
        return data.isEmpty() ? BigDecimal.ZERO : data.get(0).get("value").decimalValue();
    }

    private String key(String account) {
        Countinghouse.Ended made = countinghouse.run(
                "keys",
                "create",
                "--producer",
                "sdk",
                "--source",
                "*",
                "--account",
                account,
                "--role",
                "producer",
                "--role",
                "customer");
        assertThat(made.status()).as(made.toString()).isZero();
        return made.output().strip();
    }
}
