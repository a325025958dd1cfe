package countinghouse.local.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.http.Json;
import countinghouse.local.testing.SharedPlatform;
import countinghouse.schemas.RedisKeys;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;

/** What those who run the platform look at, on a real log, through the door that fills it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(WholeApiExtension.class)
class OperationsTest {
    private static final String ACCOUNT = "operations-" + UUID.randomUUID();

    private WholeApi api;

    @BeforeAll
    void start(WholeApi running) {
        api = running;
        for (int n = 0; n < 30; n++) {
            send(event("%s-%d".formatted(ACCOUNT, n % 7), "bad-" + n, "{\"video_id\":\"v1\"}"), 400);
        }
        send(event(ACCOUNT, "long", "{\"video_id\":\"v1\",\"note\":\"%s\"}".formatted("x".repeat(2000))), 400);
    }

    @Test
    void shouldPageTheQuarantineNewestFirstWithoutGapsOrRepetitions() {
        List<String> seen = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/api/v1/quarantine?limit=7&text=" + ACCOUNT + cursor);
            page.path("data").forEach(entry -> {
                seen.add(entry.path("partition") + "/" + entry.path("offset"));
                times.add(Instant.parse(entry.path("quarantinedAt").asText()).toEpochMilli());
            });
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : null;
        } while (cursor != null);

        assertThat(seen).hasSize(31).doesNotHaveDuplicates();
        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void shouldNarrowTheQuarantineByReasonAndAccount() {
        JsonNode mine = get("/api/v1/quarantine?account=" + ACCOUNT + "-3").path("data");
        String reason = mine.at("/0/reason").asText();

        assertThat(mine).hasSize(4).allSatisfy(entry -> {
            assertThat(entry.path("account").asText()).isEqualTo(ACCOUNT + "-3");
            assertThat(entry.path("type").asText()).isEqualTo("video.view");
            assertThat(entry.path("message").asText()).contains("user_id");
        });
        assertThat(get("/api/v1/quarantine?account=%s-3&reason=%s".formatted(ACCOUNT, reason))
                        .path("data"))
                .hasSize(4);
        assertThat(get("/api/v1/quarantine?account=%s-3&reason=another".formatted(ACCOUNT))
                        .path("data"))
                .isEmpty();
        assertThat(get("/api/v1/quarantine/reasons").path("reasons").findValuesAsText("reason"))
                .contains(reason);
    }

    @Test
    void shouldCutTextsInPagesAndShowThemWholeAlone() {
        JsonNode entry = get("/api/v1/quarantine?account=" + ACCOUNT).at("/data/0");

        assertThat(entry.path("payload").asText()).hasSize(300);
        assertThat(entry.path("type").asText()).isEqualTo("video.view");
        assertThat(get("/api/v1/quarantine/%s/%s".formatted(entry.path("partition"), entry.path("offset")))
                        .path("payload")
                        .asText())
                .contains("x".repeat(2000));
        assertThat(status("/api/v1/quarantine/0/999999999")).isEqualTo(404);
        assertThat(status("/api/v1/quarantine?cursor=nonsense")).isEqualTo(400);
    }

    @Test
    void shouldTellHowManyEventsWaitToBeCountedAndForHowLong() {
        send(event(ACCOUNT, "first", "{\"video_id\":\"v1\",\"user_id\":\"u1\"}"), 204);
        try (RedisClient redis =
                RedisClient.create(SharedPlatform.components().redis().url())) {
            redis.set(RedisKeys.EPOCH, "77");
            redis.set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
            long before = view(get("/api/v1/platform/flow")).path("accepted").asLong();
            for (int n = 0; n < 12; n++) {
                // As if a projector had counted everything that is there, and then stopped.
                redis.hset(RedisKeys.progress(77), "events.view-" + n, "%d|%d".formatted(before, 1_790_000_000_000L));
            }
            Awaitility.await().untilAsserted(() -> assertThat(view(get("/api/v1/platform/flow"))
                            .path("lagRecords")
                            .asLong())
                    .isZero());
            for (int n = 0; n < 12; n++) {
                redis.hset(RedisKeys.progress(77), "events.view-" + n, "0|1790000000000");
            }

            Awaitility.await().untilAsserted(() -> {
                JsonNode flow = get("/api/v1/platform/flow");
                assertThat(view(flow).path("lagRecords").asLong()).isEqualTo(before);
                assertThat(view(flow).path("lagSeconds").asDouble()).isBetween(0.001, 600.0);
                assertThat(view(flow).path("countedThrough").asText()).isEqualTo("2026-09-21T14:13:20Z");
                assertThat(view(flow).path("acceptedPerSecond").isNumber()).isTrue();
                assertThat(flow.at("/quarantine/accepted").asLong()).isGreaterThanOrEqualTo(31);
                assertThat(flow.path("partial").asBoolean()).isFalse();
            });
            redis.del(RedisKeys.EPOCH, RedisKeys.STATE, RedisKeys.progress(77));
        }
    }

    private static JsonNode view(JsonNode flow) {
        for (JsonNode topic : flow.path("topics")) {
            if (topic.path("topic").asText().equals("events.view")) {
                return topic;
            }
        }
        throw new AssertionError("no events.view in " + flow);
    }

    private static String event(String account, String id, String data) {
        return """
                {"specversion":"1.0","type":"video.view","source":"operations","id":"%s","subject":"%s","data":%s}""".formatted(id, account, data);
    }

    private void send(String event, int status) {
        HttpRequest request = HttpRequest.newBuilder(api.base().resolve("/api/v1/events"))
                .header("Authorization", "Bearer " + api.token(AccessRole.ADMIN))
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(event, UTF_8))
                .build();
        WholeApi.Answer answer = api.send(request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    private int status(String target) {
        return ask(target).status();
    }

    private JsonNode get(String target) {
        WholeApi.Answer answer = ask(target);
        assertThat(answer.status()).as("%s: %s", target, answer.body()).isEqualTo(200);
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private WholeApi.Answer ask(String target) {
        return api.send(HttpRequest.newBuilder(api.base().resolve(target))
                .header("Authorization", "Bearer " + api.token(AccessRole.ADMIN))
                .build());
    }
}
