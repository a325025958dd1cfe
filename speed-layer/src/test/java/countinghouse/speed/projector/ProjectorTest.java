package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.RedisAddress;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.row.Fingerprint;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.VideoAccounts;
import countinghouse.speed.projector.Projection.Start;
import countinghouse.speed.testing.CountsLog;
import countinghouse.speed.testing.Redirect;
import countinghouse.speed.trace.ProjectionSpans;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.redis.TestRedisCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Redis ends up holding exactly the rows of the topic, whatever happens to Redis. */
class ProjectorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int BUCKETS = 20;

    @TempDir
    static Path directory;

    private static TestBroker broker;
    private static CountsLog log;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private TestRedis redis;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start(directory.resolve("kafka"));
        log = new CountsLog(broker.bootstrapServers());
        log.write(3000, BUCKETS);
    }

    @AfterAll
    static void stopBroker() {
        log.close();
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
    void shouldWriteEveryRowAgainAfterARestartOfRedis() throws Exception {
        try (Projector projector = start(redis.url())) {
            awaitComplete(projector, redis);
            redis.stop();
            log.write(200, BUCKETS);
            await().atMost(PATIENCE).until(() -> projector.problem().isPresent());
            redis.run();
            awaitComplete(projector, redis);
        }
    }

    @Test
    void shouldWriteEveryRowAgainAfterAFlush() throws Exception {
        try (Projector projector = start(redis.url());
                Jedis client = redis.connect()) {
            awaitComplete(projector, redis);
            client.flushAll();
            log.write(200, BUCKETS);
            awaitComplete(projector, redis);
        }
    }

    @Test
    void shouldRestoreWhatAPromotedReplicaNeverGot() throws Exception {
        try (TestRedis replica = redis.startReplica();
                Redirect address = new Redirect(redis.port());
                Projector projector = start(URI.create("redis://127.0.0.1:" + address.port()));
                Jedis promoted = replica.connect()) {
            awaitComplete(projector, replica);

            promoted.replicaofNoOne();
            log.write(500, BUCKETS);
            awaitComplete(projector, redis);
            assertThat(CountsLog.hashesOn(List.of(replica))).isNotEqualTo(log.hashes());
            assertThat(promoted.get(RedisKeys.STATE)).isEqualTo(RedisKeys.STATE_LIVE);
            address.moveTo(replica.port());

            awaitComplete(projector, replica);
        }
    }

    @Test
    void shouldGoOnWhereItStoppedIfRedisKeptEverything() throws Exception {
        try (Projector projector = start(redis.url())) {
            awaitComplete(projector, redis);
        }
        log.write(100, BUCKETS);
        double writtenBefore = metrics.counter("countinghouse.projector.rows").count();
        try (Projector projector = start(redis.url())) {
            awaitComplete(projector, redis);
        }
        assertThat(metrics.counter("countinghouse.projector.rows").count() - writtenBefore)
                .isLessThanOrEqualTo(100);
    }

    @Test
    void shouldTellHowFarARebuildHasComeAndNotBeReadyMeanwhile() throws Exception {
        log.write(20_000, BUCKETS);
        ProjectorState state = new ProjectorState(0);
        List<String> said = new ArrayList<>();
        Clock clock = RacingClock.start();
        try (CountsTopic topic = CountsTopic.open(broker.bootstrapServers(), 1);
                EpochInRedis rows = EpochInRedis.connect(new RedisAddress(redis.url()), AddedMeter.meters(), 1);
                Jedis reader = redis.connect()) {
            Projection projection = new Projection(
                    1,
                    topic,
                    rows,
                    state,
                    new ProjectorMetrics(metrics, state, clock),
                    new ProjectionSpans(Tracing.off()),
                    clock);
            projection.start(Start.STORED_OFFSETS);
            while (!RedisKeys.STATE_LIVE.equals(reader.get(RedisKeys.STATE))) {
                said.add(reader.get(RedisKeys.STATE));
                assertThat(state.problem())
                        .hasValueSatisfying(problem -> assertThat(problem).startsWith("rebuilding"));
                projection.step();
            }
        }

        assertThat(state.problem()).isEmpty();
        List<Integer> percents = said.stream()
                .map(text -> Integer.valueOf(text.substring("rebuilding|".length())))
                .toList();
        assertThat(percents).isSorted().startsWith(0).anyMatch(percent -> percent > 0 && percent < 100);
    }

    @Test
    void shouldRaiseTheFloorAndDeleteTheRowsBelowIt() throws Exception {
        try (Projector projector = start(redis.url());
                Jedis client = redis.connect()) {
            awaitComplete(projector, redis);
            long floorMs = log.rows().keySet().stream()
                            .mapToLong(key -> key.bucketMs())
                            .min()
                            .orElseThrow()
                    + CountsLog.WIDTH_MS;

            log.dropBefore(floorMs);

            awaitComplete(projector, redis);
            assertThat(client.get(RedisKeys.SPEED_FLOOR)).isEqualTo(Long.toString(floorMs));
            assertThat(metrics.get("countinghouse.projector.oldest.bucket.age.seconds")
                            .gauge()
                            .value())
                    .isGreaterThan(0);
            client.flushAll();
            awaitComplete(projector, redis);
            assertThat(client.get(RedisKeys.SPEED_FLOOR)).isEqualTo(Long.toString(floorMs));
        }
    }

    @Test
    void shouldFindAndRepairWhatDiffersFromTheTopic() throws Exception {
        try (Projector projector = start(redis.url());
                Jedis client = redis.connect()) {
            awaitComplete(projector, redis);
            String damaged = log.hashes().keySet().iterator().next();
            Iterator<Map.Entry<String, String>> rows =
                    log.hashes().get(damaged).entrySet().iterator();
            Map.Entry<String, String> older = rows.next();
            client.hset(
                    damaged,
                    older.getKey(),
                    "0" + older.getValue().substring(older.getValue().indexOf('|')));
            client.hset(damaged, rows.next().getKey(), "9999999|1|" + Fingerprint.ZERO.toHex());
            client.hdel(damaged, rows.next().getKey());
            client.hset(damaged, "1|1|events.view-0|{}", "1|1|" + Fingerprint.ZERO.toHex());
            client.hset(
                    RedisKeys.rows("account-1", AddedMeter.SLUG, 1),
                    "1|1|events.view-0|{}",
                    "1|1|" + Fingerprint.ZERO.toHex());
            client.sadd(RedisKeys.accounts(1), "nobody");
            client.del(VideoAccounts.days(1));
            client.del(VideoAccounts.key(VideoAccounts.dayOf(CountsLog.FIRST_BUCKET_MS), "v1", 1));

            awaitComplete(projector, redis);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(client.smembers(RedisKeys.accounts(1)))
                    .doesNotContain("nobody"));
            assertThat(metrics.counter("countinghouse.projector.sweep.differences")
                            .count())
                    .isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void shouldFindNothingWhileRowsAreWritten() throws Exception {
        try (Projector projector = start(redis.url())) {
            awaitComplete(projector, redis);
            double before = sweeps();
            while (sweeps() < before + 3) {
                log.write(50, BUCKETS);
            }
            awaitComplete(projector, redis);
        }
        assertThat(metrics.counter("countinghouse.projector.sweep.differences").count())
                .isZero();
    }

    private double sweeps() {
        return metrics.counter("countinghouse.projector.sweeps").count();
    }

    @Test
    void shouldWorkAgainstAClusterThatLosesOneMastersData() throws Exception {
        try (TestRedisCluster cluster = TestRedisCluster.start(directory);
                Projector projector = start(cluster.url())) {
            awaitComplete(projector, cluster.masters());
            assertThat(cluster.masters()).allSatisfy(master -> assertThat(CountsLog.hashesOn(List.of(master)))
                    .isNotEmpty());

            try (Jedis client = cluster.masters().get(1).connect()) {
                client.flushAll();
            }
            awaitComplete(projector, cluster.masters());
            cluster.restart(2);
            log.write(100, BUCKETS);
            awaitComplete(projector, cluster.masters());
        }
    }

    private Projector start(URI url) {
        ProjectorConfig config = new ProjectorConfig(
                broker.bootstrapServers(), new RedisAddress(url), Duration.ofMillis(500), Duration.ofMillis(5));
        return Projector.start(config, AddedMeter.meters(), metrics, Tracing.off());
    }

    private static void awaitComplete(Projector projector, TestRedis server) {
        awaitComplete(projector, List.of(server));
    }

    /** Rows first: just after a loss the projector may not have noticed it yet. */
    private static void awaitComplete(Projector projector, List<TestRedis> servers) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(CountsLog.hashesOn(servers)).isEqualTo(log.hashes());
            assertThat(CountsLog.videoAccountsOn(servers)).containsAll(log.videoAccounts());
            assertThat(projector.problem()).isEmpty();
        });
    }
}
