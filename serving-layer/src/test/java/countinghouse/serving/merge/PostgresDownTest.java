package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.RowKey;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.RunningApi;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With layers of its own: its PostgreSQL does not come back. */
class PostgresDownTest {
    private static final Instant CLOSED = Instant.parse("2026-10-06T00:00:00Z");

    private Layers layers;
    private RunningApi api;

    @BeforeEach
    void start() {
        layers = new Layers();
        layers.reset();
        layers.publish(1, CLOSED, List.of(row(CLOSED.minusSeconds(60))), "1");
        api = new RunningApi(layers.settings());
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
        layers.close();
    }

    @Test
    void shouldAnswerFromTheCacheAndRefuseWhatIsNotCached() throws IOException {
        api.json("/api/v1/meters/views/query?minGeneration=1");
        layers.stopPostgres();
        layers.speed(row(CLOSED), 5, "5");
        await().untilAsserted(
                        () -> assertThat(api.get("/health/ready").statusCode()).isEqualTo(503));

        JsonNode cached = api.json("/api/v1/meters/views/query?minGeneration=1");
        HttpResponse<String> refused = api.get("/api/v1/meters/quiz_answers/query");

        assertThat(cached.get("data").get(0).get("value").asInt()).isEqualTo(6);
        assertThat(cached.get("partial").asBoolean()).isFalse();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        await().untilAsserted(
                        () -> assertThat(api.get("/health/ready").statusCode()).isEqualTo(503));
        assertThat(api.get("/api/v1/generations").statusCode()).isEqualTo(503);
    }

    private static RowKey row(Instant bucket) {
        return new RowKey(
                "views", "ann", "{\"video_id\":\"v1\"}", bucket.toEpochMilli(), bucket.toEpochMilli(), "events.view-0");
    }
}
