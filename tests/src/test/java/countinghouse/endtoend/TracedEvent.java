package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.testing.tracing.ReceivedSpan;
import countinghouse.testing.tracing.SpanReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;

/** One event, sent and read by a caller who traces both. */
final class TracedEvent {
    private static final String ACCOUNT = "traced-creator";
    private static final int SPAN_ID_DIGITS = 16;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final String token;
    private final String traceId = randomHex() + randomHex();
    private final String caller = randomHex();

    /**
     * @param token of somebody who may both send and read
     */
    TracedEvent(URI api, String token) {
        this.api = api;
        this.token = token;
    }

    void send() throws Exception {
        String event = """
                {"specversion": "1.0", "id": "%s", "source": "/traced", "type": "video.view", "subject": "%s",
                 "data": {"video_id": "v", "user_id": "u", "view_duration": 31}}
                """.formatted(traceId, ACCOUNT);
        HttpRequest.Builder request = request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(event));
        assertThat(status(request)).isEqualTo(204);
    }

    void read() throws Exception {
        assertThat(status(request("/api/v1/meters/views/query?subject=" + ACCOUNT)))
                .isEqualTo(200);
    }

    /** The spans go from the door to Redis, each below the one before it, though processes lie between them. */
    void requireWholeWay(SpanReceiver receiver) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(receiver.spansOf(traceId))
                .extracting(ReceivedSpan::name)
                .containsExactlyInAnyOrder(
                        "POST /api/v1/events",
                        "publish events.view",
                        "count events.view",
                        "write to redis",
                        "GET /api/v1/meters/:slug/query"));
        ReceivedSpan door = named(receiver, "POST /api/v1/events");
        ReceivedSpan published = named(receiver, "publish events.view");
        ReceivedSpan counted = named(receiver, "count events.view");
        ReceivedSpan written = named(receiver, "write to redis");
        ReceivedSpan read = named(receiver, "GET /api/v1/meters/:slug/query");
        assertThat(List.of(door.parentId(), read.parentId())).containsOnly(caller);
        assertThat(published.parentId()).isEqualTo(door.spanId());
        assertThat(counted.parentId()).isEqualTo(published.spanId());
        assertThat(written.parentId()).isEqualTo(counted.spanId());
        assertThat(counted.process()).isNotEqualTo(door.process());
        assertThat(counted.attributes()).containsEntry("countinghouse.outcome", "counted");
        assertThat(door.attributes()).containsEntry("http.response.status_code", "204");
    }

    private ReceivedSpan named(SpanReceiver receiver, String name) {
        return receiver.spansOf(traceId).stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("traceparent", "00-%s-%s-01".formatted(traceId, caller));
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String randomHex() {
        return HexFormat.of()
                .toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE))
                .substring(0, SPAN_ID_DIGITS);
    }
}
