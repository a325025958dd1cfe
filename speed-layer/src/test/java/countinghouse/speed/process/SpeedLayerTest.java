package countinghouse.speed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.Settings;
import countinghouse.kit.process.ProcessRole;
import countinghouse.kit.process.ServiceProcess;
import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.speed.testing.EventFeed;
import countinghouse.speed.testing.SpeedMain;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.registry.TestRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The whole speed layer on a real broker and a real Redis, through crashes of every part of it. */
class SpeedLayerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    static Path directory;

    private static TestBroker broker;
    private static TestRedis redis;
    private static TestRegistry registry;

    @BeforeAll
    static void startComponents() throws Exception {
        broker = TestBroker.start(directory.resolve("kafka"));
        redis = TestRedis.start();
        registry = TestRegistry.start();
    }

    @AfterAll
    static void stopComponents() throws Exception {
        registry.close();
        redis.close();
        broker.close();
    }

    @Test
    void shouldLoseNothingAndCountNothingTwiceThroughKillsOfEveryPart() throws Exception {
        try (EventFeed feed = new EventFeed(broker.bootstrapServers())) {
            killWhileCounting(feed, 1);
            killWhileCounting(feed, 2);
            feed.send(2000);
            try (ServiceProcess process = ServiceProcess.start(Settings.of(settings()), roles())) {
                awaitEverythingInRedis(feed);
                await().atMost(PATIENCE)
                        .until(() -> get(process, "/health/ready").statusCode() == 200);
                assertThat(get(process, "/metrics").body())
                        .contains("countinghouse_speed_records_total", "countinghouse_projector_lag")
                        .containsPattern("countinghouse_speed_counting(\\{[^}]*})? 1\\.0");

                redis.stop();
                feed.send(500);
                await().atMost(PATIENCE)
                        .until(() -> get(process, "/health/ready").statusCode() == 503);
                redis.run();
                awaitEverythingInRedis(feed);

                try (Jedis jedis = redis.connect()) {
                    jedis.flushAll();
                }
                awaitEverythingInRedis(feed);
            }
            feed.send(500);
            try (ServiceProcess process = ServiceProcess.start(Settings.of(settings()), roles())) {
                awaitEverythingInRedis(feed);
            }
        }
    }

    /** Kills the application in the middle of a feed, once it has committed something of it. */
    private static void killWhileCounting(EventFeed feed, int round) throws Exception {
        long committedBefore = endOfCounts();
        Process application = SpeedMain.fork(settings(), directory.resolve("speed-" + round + ".log"));
        try {
            feed.send(2000);
            await().atMost(PATIENCE).until(() -> endOfCounts() > committedBefore);
            feed.send(3000);
        } finally {
            application.destroyForcibly();
            assertThat(application.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static List<ProcessRole> roles() {
        return ServiceLoader.load(ProcessRole.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static HttpResponse<String> get(ServiceProcess process, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + process.port() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("kafka.bootstrap-servers", broker.bootstrapServers()),
                Map.entry("redis.url", redis.url().toString()),
                Map.entry("registry.url", registry.url()),
                Map.entry("http.port", "0"),
                Map.entry("auth.jwt-secret", "a secret of more than 32 characters"),
                Map.entry("counting.bucket-width", "PT2S"),
                Map.entry("counting.speed-horizon", "PT10M"),
                Map.entry("speed.commit-interval-ms", "50"),
                Map.entry("speed.transaction-timeout", "PT3S"),
                Map.entry("speed.state-directory", directory.resolve("streams").toString()));
    }

    private static long endOfCounts() throws Exception {
        return ends(Topics.USAGE_COUNTS).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static void awaitEverythingInRedis(EventFeed feed) throws Exception {
        Map<String, Long> ends = ends(EventType.VIEW.topic());
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (Jedis jedis = redis.connect()) {
                assertThat(jedis.get(RedisKeys.STATE)).isEqualTo(RedisKeys.STATE_LIVE);
                assertThat(nextOffsets(jedis)).isEqualTo(ends);
            }
        });
        try (Jedis jedis = redis.connect()) {
            assertThat(views(jedis)).isEqualTo(feed.truth());
        }
    }

    private static Map<String, Long> ends(String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, OffsetSpec> query = IntStream.range(0, TestBroker.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(query).all().get(10, TimeUnit.SECONDS);
            return ends.entrySet().stream()
                    .collect(Collectors.toMap(end -> end.getKey().toString(), end -> end.getValue()
                            .offset()));
        }
    }

    private static Map<String, Long> nextOffsets(Jedis jedis) {
        return jedis.hgetAll(RedisKeys.progress(1)).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Long.valueOf(entry.getValue().split("\\|")[0])));
    }

    private static Map<String, Long> views(Jedis jedis) {
        Map<String, Long> views = new HashMap<>();
        for (String account : jedis.smembers(RedisKeys.accounts(1))) {
            jedis.hgetAll(RedisKeys.rows(account, "views", 1)).forEach((field, text) -> {
                RowKey key = RowText.key("views", account, field);
                RowValue value = RowText.parseValue(text);
                assertThat(value.value().longValueExact()).isEqualTo(value.n());
                String video = Dimensions.parse(key.dimensions()).get("video_id");
                views.merge(account + "/" + video, value.n(), Long::sum);
            });
        }
        return views;
    }
}
