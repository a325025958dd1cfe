package countinghouse.serving.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.http.Json;
import countinghouse.metering.row.RowKey;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LayersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveStreamTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HINTS = 4;

    private Layers layers;
    private RunningApi api;

    @BeforeAll
    void lookAt(Layers started, RunningApi running) {
        layers = started;
        api = running;
    }

    @Test
    void shouldSendASnapshotFirstAndThenWhatChangesSoonAfterTheHint() throws Exception {
        write("ann", 1);
        try (Listening listening = new Listening(api.token(AccessRole.ANALYST), "meter=views&meter=quiz_answers")) {
            await().untilAsserted(() -> assertThat(listening.totals).hasSize(2));
            assertThat(listening.last("views").get("value").asInt()).isEqualTo(1);
            assertThat(listening.last("views").get("partial").asBoolean()).isFalse();

            long start = System.nanoTime();
            for (int n = 2; n <= 1 + HINTS; n++) {
                write("ann", n);
                layers.redis().publish(RedisKeys.LIVE_CHANNEL, "ann views");
                awaitViews(listening, n);
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("without hints, each change but the first waits for the next look at everything")
                    .isLessThan(LiveStream.FULL_LOOK.multipliedBy(HINTS - 1));
            assertThat(listening.totals).as("only what changed").hasSize(2 + HINTS);
        }
    }

    @Test
    void shouldEndStreamsInsteadOfWaitingForThemWhenTheProcessStops() throws Exception {
        RunningApi stopping = new RunningApi(layers.settings());
        HttpRequest request = HttpRequest.newBuilder(stopping.uri("/api/v1/live?meter=views"))
                .header("Authorization", "Bearer " + stopping.token(AccessRole.ANALYST))
                // This client gives up what is under way when a connection of HTTP/2 is about to end.
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                stopping.client()
                        .send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                UTF_8))) {
            assertThat(events.readLine()).isEqualTo("event: totals");
            long start = System.nanoTime();
            stopping.close();

            assertThat(events.lines().toList())
                    .as("the stream comes to an orderly end")
                    .isNotEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void shouldNoticeAChangeWithoutAHint() throws Exception {
        write("ann", 1);
        try (Listening listening = new Listening(api.token(AccessRole.ANALYST), "meter=views")) {
            await().untilAsserted(() -> assertThat(listening.totals).hasSize(1));

            write("ann", 5);

            awaitViews(listening, 5);
        }
    }

    @Test
    void shouldSendAtMostFourUpdatesASecondHoweverFastEventsCome() throws Exception {
        try (Listening listening = new Listening(api.token(AccessRole.ANALYST), "meter=views")) {
            await().untilAsserted(() -> assertThat(listening.totals).hasSize(1));
            long start = System.nanoTime();
            for (int n = 1; n <= 600; n++) {
                write("ann", n);
                layers.redis().publish(RedisKeys.LIVE_CHANNEL, "ann views");
            }
            awaitViews(listening, 600);
            double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;

            assertThat(listening.totals.size() - 1).isLessThanOrEqualTo((int) Math.ceil(4 * seconds) + 1);
        }
    }

    @Test
    void shouldShowACreatorOnlyItsOwnAccounts() throws Exception {
        write("ann", 3);
        write("bob", 4);
        try (Listening listening = new Listening(api.token(AccessRole.CREATOR, "ann"), "meter=views")) {
            await().untilAsserted(() -> assertThat(listening.totals).hasSize(1));

            JsonNode total = listening.last("views");
            assertThat(total.get("value").asInt()).isEqualTo(3);
            assertThat(total.get("accounts").toString()).isEqualTo("{\"ann\":3}");
        }
    }

    @Test
    void shouldRefuseAForeignAccountAndAnUnknownMeter() {
        String creator = api.token(AccessRole.CREATOR, "ann");

        assertThat(api.getAs(creator, "/api/v1/live?subject=bob").statusCode()).isEqualTo(404);
        assertThat(api.getAs(creator, "/api/v1/live?meter=clicks").statusCode()).isEqualTo(404);
    }

    private static void awaitViews(Listening listening, int n) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(listening.last("views").get("value").asInt()).isEqualTo(n));
    }

    private void write(String account, int n) {
        layers.speed(
                new RowKey("views", account, "{\"video_id\":\"v1\"}", 0, 0, "events.view-0"), n, Integer.toString(n));
    }

    /** A client of one stream. */
    private final class Listening implements AutoCloseable {
        private final List<JsonNode> totals = new CopyOnWriteArrayList<>();
        private final Stream<String> lines;
        private final Thread reader;

        private Listening(String token, String parameters) throws IOException, InterruptedException {
            HttpResponse<Stream<String>> response = api.client()
                    .send(
                            HttpRequest.newBuilder(api.uri("/api/v1/live?access_token=" + token + "&" + parameters))
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines());
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            lines = response.body();
            reader = new Thread(this::read, "listening");
            reader.start();
        }

        private void read() {
            try {
                lines.filter(line -> line.startsWith("data: ")).forEach(this::add);
            } catch (RuntimeException e) {
                // The stream ends like this when the test closes it.
                assertThat(e).isInstanceOf(java.io.UncheckedIOException.class);
            }
        }

        private void add(String line) {
            try {
                Json.mapper()
                        .readTree(line.substring("data: ".length()))
                        .get("totals")
                        .forEach(totals::add);
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        }

        private JsonNode last(String meter) {
            return totals.stream()
                    .filter(total -> total.get("meter").asText().equals(meter))
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }

        @Override
        public void close() throws InterruptedException {
            lines.close();
            reader.join(5_000);
        }
    }
}
