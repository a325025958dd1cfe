package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LayersExtension.class)
class LiveViewTest {
    private final Layers layers;
    private final RunningApi api;

    LiveViewTest(Layers layers, RunningApi api) {
        this.layers = layers;
        this.api = api;
    }

    @Test
    void shouldTellTheJobsInFlightOfEachAccount() {
        put("acme", RedisKeys.LIVE_JOBS, Map.of("j1", "2|0|started", "j2", "1|0|queued", "j3", "3|0|started"));
        put("other", RedisKeys.LIVE_JOBS, Map.of("j1", "1|0|queued"));

        assertThat(api.json("/api/v1/live/jobs").get("data").toString())
                .isEqualTo("[{\"subject\":\"acme\",\"inFlight\":3,\"byState\":{\"queued\":1,\"started\":2}},"
                        + "{\"subject\":\"other\",\"inFlight\":1,\"byState\":{\"queued\":1}}]");
        JsonNode own = RunningApi.parse(api.getAs(api.token(AccessRole.CUSTOMER, "other"), "/api/v1/live/jobs"));
        assertThat(own.get("data")).hasSize(1);
        assertThat(api.getAs(api.token(AccessRole.CUSTOMER, "other"), "/api/v1/live/jobs?subject=acme")
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/live/jobs?account=acme").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTellExactWaitingTimesOverAllBuckets() {
        put(
                "acme",
                RedisKeys.LIVE_WAITS,
                Map.of("1000|desk|a", "3|10:2,40:1", "2000|desk|a", "97|20:97", "1000|b", "1|7:1"));

        JsonNode data = api.json("/api/v1/live/waits?subject=acme").get("data");
        assertThat(data).hasSize(2);
        assertThat(data.get(1).toString())
                .isEqualTo("{\"subject\":\"acme\",\"offering\":\"desk|a\",\"count\":100,\"meanSeconds\":20,"
                        + "\"p50Seconds\":20,\"p90Seconds\":20,\"p99Seconds\":20,\"maxSeconds\":40}");
        assertThat(data.get(0).get("p50Seconds").asInt()).isEqualTo(7);
    }

    private void put(String account, String view, Map<String, String> entries) {
        layers.redis().hset(RedisKeys.live(account, view, Layers.EPOCH), entries);
        layers.redis().sadd(RedisKeys.accounts(Layers.EPOCH), account);
    }
}
