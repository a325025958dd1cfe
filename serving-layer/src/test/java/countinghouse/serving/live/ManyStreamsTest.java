package countinghouse.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.http.Json;
import countinghouse.metering.row.RowKey;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients at once, each with an account of its own to look at: 5,000 in the full form. */
@ExtendWith(LayersExtension.class)
class ManyStreamsTest {
    private static final int STREAMS = Boolean.getBoolean("countinghouse.full") ? 5_000 : 200;
    private static final int ACCOUNTS = STREAMS / 10;
    private static final int WRITES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(30_000), new PoolOptions().setHttp1MaxSize(STREAMS + 10));
    private final List<Viewer> viewers = new ArrayList<>();
    private Layers layers;
    private RunningApi api;

    @BeforeEach
    void start(Layers given) {
        layers = given;
        api = new RunningApi(
                layers.settings().with(java.util.Map.of("serving.live-streams", Integer.toString(STREAMS))));
        for (int account = 0; account < ACCOUNTS; account++) {
            write(account, 1);
        }
        for (int n = 0; n < STREAMS; n++) {
            viewers.add(new Viewer(n % ACCOUNTS));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(viewers).allMatch(viewer -> viewer.value == 1));
    }

    @AfterEach
    void stop() {
        client.close().await();
        vertx.close().await();
        api.close();
    }

    @Test
    void shouldTellEachClientOfItsOwnAccountOnlyAndNoMoreOftenThanFourTimesASecond() {
        long start = System.nanoTime();
        for (int n = 2; n <= WRITES; n++) {
            for (int account = 0; account < ACCOUNTS; account++) {
                write(account, n);
            }
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(viewers).allMatch(viewer -> viewer.value == WRITES));
        long quarters = Duration.ofNanos(System.nanoTime() - start).toMillis() / 250;
        assertThat(viewers).allSatisfy(viewer -> {
            assertThat(viewer.foreign).isZero();
            assertThat(viewer.updates).isLessThanOrEqualTo(2 + (int) quarters);
        });
        assertThat(api.get("/metrics").body()).contains("live_streams " + (double) STREAMS);
    }

    @Test
    void shouldRefuseOneMoreThanItServes() {
        assertThat(api.get("/api/v1/live?meter=views").statusCode()).isEqualTo(503);
    }

    private void write(int account, int n) {
        String name = "account-" + account;
        layers.speed(new RowKey("views", name, "{\"video_id\":\"v1\"}", 0, 0, "events.view-0"), n, Integer.toString(n));
        layers.redis().publish(RedisKeys.LIVE_CHANNEL, name + " views");
    }

    /** A client of one stream; its fields are written by one event loop. */
    private final class Viewer {
        private final String account;
        private volatile int value;
        private volatile int updates;
        private volatile int foreign;
        private Buffer unread = Buffer.buffer();

        private Viewer(int number) {
            account = "account-" + number;
            client.request(new RequestOptions()
                            .setMethod(HttpMethod.GET)
                            .setAbsoluteURI(api.uri("/api/v1/live?meter=views").toString())
                            .putHeader("Authorization", "Bearer " + api.token(AccessRole.CREATOR, account)))
                    .compose(request -> request.send())
                    .onSuccess(this::listen);
        }

        private void listen(HttpClientResponse response) {
            assertThat(response.statusCode()).isEqualTo(200);
            response.handler(chunk -> {
                unread.appendBuffer(chunk);
                String text = unread.toString();
                int end = text.lastIndexOf("\n\n");
                if (end >= 0) {
                    text.substring(0, end)
                            .lines()
                            .filter(line -> line.startsWith("data: "))
                            .forEach(this::read);
                    unread = Buffer.buffer(text.substring(end + 2));
                }
            });
        }

        private void read(String line) {
            try {
                var total = Json.mapper()
                        .readTree(line.substring("data: ".length()))
                        .get("totals")
                        .get(0);
                value = total.get("value").asInt();
                updates++;
                if (total.get("accounts").size() != 1 || !total.get("accounts").has(account)) {
                    foreign++;
                }
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        }
    }
}
