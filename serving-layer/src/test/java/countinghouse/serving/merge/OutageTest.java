package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.RowKey;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.RunningApi;
import countinghouse.serving.layers.Signals;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is answered while a layer is gone or hangs, and that it is answered again in full soon after. With layers of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {
    private static final Instant CLOSED = Instant.parse("2026-10-06T00:00:00Z");
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final String VIEWS = "/api/v1/meters/views/query?minGeneration=1";
    private static final String NOT_CACHED = "/api/v1/meters/quiz_answers/query";

    private Layers layers;
    private RunningApi api;

    @BeforeAll
    void start() {
        layers = new Layers();
        layers.reset();
        layers.publish(1, CLOSED, List.of(row(CLOSED.minusSeconds(60))), "1");
        api = new RunningApi(layers.settings());
    }

    @AfterAll
    void stop() throws IOException {
        api.close();
        layers.close();
    }

    @BeforeEach
    void fill() {
        layers.speed(row(CLOSED), 5, "5");
        assertThat(value(api.json(VIEWS))).isEqualTo(6);
    }

    @Test
    void shouldAnswerFromTheCacheWhilePostgresIsGoneAndInFullOnceItIsBack() throws IOException {
        layers.stopPostgres();
        await().untilAsserted(
                        () -> assertThat(api.get("/health/ready").statusCode()).isEqualTo(503));

        assertThat(value(api.json(VIEWS))).isEqualTo(6);
        assertThat(api.json(VIEWS).get("partial").asBoolean()).isFalse();
        assertUnavailable(api.get(NOT_CACHED));
        assertUnavailable(api.get("/api/v1/generations"));
        assertThat(metrics()).contains("circuit_breaker_state{remote=\"postgres\"} 2.0");

        layers.startPostgres();
        await().atMost(RECOVERY)
                .untilAsserted(
                        () -> assertThat(api.get(NOT_CACHED).statusCode()).isEqualTo(200));
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(metrics()).contains("circuit_breaker_state{remote=\"postgres\"} 0.0"));
    }

    @Test
    void shouldRefuseAtOnceWhatHangsWithPostgresAndGoOnWithTheRest() {
        List<ProcessHandle> processes = layers.postgresProcesses();
        Signals.stop(processes);
        try {
            await().untilAsserted(() ->
                    assertThat(api.get("/health/ready").statusCode()).isEqualTo(503));

            assertThat(value(api.json(VIEWS))).isEqualTo(6);
            assertUnavailable(api.get("/api/v1/generations"));
        } finally {
            Signals.goOn(processes);
        }
        await().atMost(RECOVERY)
                .untilAsserted(() ->
                        assertThat(api.get("/api/v1/generations").statusCode()).isEqualTo(200));
    }

    @Test
    void shouldAnswerWithTheBatchAloneWhileRedisIsGoneAndInFullOnceItIsBack() {
        layers.stopRedis();

        JsonNode partial = api.json(VIEWS);
        assertThat(value(partial)).isEqualTo(1);
        assertThat(partial.get("partial").asBoolean()).isTrue();
        assertThat(partial.get("quality").asText()).isEqualTo("estimate");
        assertThat(partial.get("missing").asText()).contains("2026-10-06T00:00:00Z");
        assertUnavailable(api.get("/api/v1/live/jobs"));

        layers.startRedis();
        refill();
        await().atMost(RECOVERY)
                .untilAsserted(() -> assertThat(value(api.json(VIEWS))).isEqualTo(6));
    }

    @Test
    void shouldStopAskingARedisThatHangsAndAskAgainOnceItAnswers() {
        List<ProcessHandle> processes = layers.redisProcesses();
        Signals.stop(processes);
        try {
            await().untilAsserted(() -> {
                assertThat(api.json(VIEWS).get("partial").asBoolean()).isTrue();
                assertThat(metrics()).contains("circuit_breaker_state{remote=\"redis\"} 2.0");
            });
        } finally {
            Signals.goOn(processes);
        }
        await().atMost(RECOVERY).untilAsserted(() -> {
            assertThat(api.json(VIEWS).get("partial").asBoolean()).isFalse();
            assertThat(metrics()).contains("circuit_breaker_state{remote=\"redis\"} 0.0");
        });
    }

    /** What a rebuilt speed layer holds. */
    private void refill() {
        layers.redis().set(RedisKeys.EPOCH, Long.toString(Layers.EPOCH));
        layers.redis().set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
        layers.speed(row(CLOSED), 5, "5");
    }

    private String metrics() {
        return api.get("/metrics").body();
    }

    private static int value(JsonNode answer) {
        return answer.get("data").get(0).get("value").asInt();
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    private static RowKey row(Instant bucket) {
        return new RowKey(
                "views", "ann", "{\"video_id\":\"v1\"}", bucket.toEpochMilli(), bucket.toEpochMilli(), "events.view-0");
    }
}
