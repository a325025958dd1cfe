package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.RedisAddress;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.speed.projector.Projection.Start;
import countinghouse.speed.testing.CountsLog;
import countinghouse.speed.trace.ProjectionSpans;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.redis.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What no reader needs any more leaves Redis, and nothing else does. */
class RetiredRowsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BUCKETS = 168;
    private static final int BUCKETS_PER_DAY = 24;

    @TempDir
    static Path directory;

    private static TestBroker broker;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private TestRedis redis;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startRedis() throws Exception {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopRedis() throws Exception {
        redis.close();
    }

    @Test
    void shouldStayFlatOverAWeekAndLoseNothingInThreeDaysWithoutAPublish() throws Exception {
        Map<Integer, Long> entriesAtEndOfDay = new HashMap<>();
        ProjectorConfig config = new ProjectorConfig(
                broker.bootstrapServers(), new RedisAddress(redis.url()), PATIENCE, Duration.ofMillis(5));
        try (CountsLog log = new CountsLog(broker.bootstrapServers());
                Projector projector = Projector.start(config, AddedMeter.meters(), metrics, Tracing.off())) {
            for (int day = 0; day < BUCKETS / BUCKETS_PER_DAY; day++) {
                countADay(log, day);
                boolean publishes = day < 2 || day >= 5;
                if (publishes) {
                    log.dropBefore(bucketMs(day * BUCKETS_PER_DAY));
                }
                await().atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(CountsLog.hashesOn(List.of(redis))).isEqualTo(log.hashes());
                    assertThat(projector.problem()).isEmpty();
                });
                entriesAtEndOfDay.put(day, entries());
            }
        }

        assertThat(entriesAtEndOfDay.get(4)).isGreaterThan(entriesAtEndOfDay.get(1) * 3);
        assertThat(entriesAtEndOfDay.get(6)).isEqualTo(entriesAtEndOfDay.get(1));
    }

    private static void countADay(CountsLog log, int day) {
        for (int bucket = day * BUCKETS_PER_DAY; bucket < (day + 1) * BUCKETS_PER_DAY; bucket++) {
            for (int account = 0; account < 5; account++) {
                for (String meter : List.of("views", "watch_seconds")) {
                    String video = "{\"video_id\":\"v" + account + "\"}";
                    log.put(new RowKey(meter, "account-" + account, video, 0, bucketMs(bucket), "events.view-0"), 60);
                }
            }
        }
    }

    private static long bucketMs(int bucket) {
        return CountsLog.FIRST_BUCKET_MS + bucket * CountsLog.WIDTH_MS;
    }

    /** Of all hashes and sets: rows, totals, the highest, accounts, progress. */
    private long entries() {
        return redis.ask(client -> client.keys("ch:*").stream()
                .mapToLong(key -> switch (client.type(key)) {
                    case "hash" -> client.hlen(key);
                    case "zset" -> client.zcard(key);
                    case "set" -> client.scard(key);
                    default -> 1;
                })
                .sum());
    }

    @Test
    void shouldDeleteTheEpochBeforeAWhileAfterReadersTurned() throws Exception {
        try (EpochInRedis before = EpochInRedis.connect(new RedisAddress(redis.url()), AddedMeter.meters(), 1)) {
            before.rows().write(rowOf("account-1"));
        }
        createTopicsOfEpoch(2);

        project(2, state -> state.problem().isEmpty());
        assertThat(keysOfEpoch(1)).isNotEmpty();
        project(2, state -> keysOfEpoch(1).isEmpty());

        try (Jedis reader = redis.connect()) {
            assertThat(reader.get(RedisKeys.EPOCH)).isEqualTo("2");
        }
    }

    /** Steps with a clock that passes a second a look, until something holds; as often as the grace needs at most. */
    private void project(long epoch, Predicate<ProjectorState> until) {
        ProjectorState state = new ProjectorState(0);
        Clock clock = RacingClock.start();
        try (CountsTopic topic = CountsTopic.open(broker.bootstrapServers(), epoch);
                EpochInRedis rows = EpochInRedis.connect(new RedisAddress(redis.url()), AddedMeter.meters(), epoch)) {
            Projection projection = new Projection(
                    epoch,
                    topic,
                    rows,
                    state,
                    new ProjectorMetrics(metrics, state, clock),
                    new ProjectionSpans(Tracing.off()),
                    clock);
            projection.start(Start.STORED_OFFSETS);
            for (int steps = 0; steps < 200 && !until.test(state); steps++) {
                projection.step();
            }
            assertThat(until.test(state)).isTrue();
        }
    }

    private Set<String> keysOfEpoch(long epoch) {
        try (Jedis reader = redis.connect()) {
            return reader.keys("ch:{*}:*:" + epoch);
        }
    }

    private static RowBatch rowOf(String account) {
        RowBatch batch = new RowBatch();
        RowKey key = new RowKey(AddedMeter.SLUG, account, "{}", 0, CountsLog.FIRST_BUCKET_MS, "events.view-0");
        batch.add(RowCodec.encodeKey(key), RowCodec.encodeValue(new RowValue(1, BigDecimal.ONE, Fingerprint.ZERO)));
        return batch;
    }

    private static void createTopicsOfEpoch(long epoch) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.createTopics(Topics.changelogs(epoch, TestBroker.PARTITIONS, (short) 1, 1).stream()
                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), topic.replicationFactor())
                                    .configs(topic.config()))
                            .toList())
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            CountsTopic.open(broker.bootstrapServers(), epoch).close();
            return true;
        });
    }
}
