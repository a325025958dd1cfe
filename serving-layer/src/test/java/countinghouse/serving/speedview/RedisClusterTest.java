package countinghouse.serving.speedview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.VideoAccounts;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.redis.TestRedisCluster;
import io.lettuce.core.cluster.SlotHash;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.params.MigrateParams;

/** Rows that are spread over three masters are read as exactly as those of one. */
@ExtendWith(LayersExtension.class)
class RedisClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long EPOCH = 1;
    private static final int ACCOUNTS = 40;

    @TempDir
    static Path directory;

    private static TestRedisCluster cluster;

    private final Layers layers;
    private RedisClusterClient writer;
    private RunningApi api;

    RedisClusterTest(Layers layers) {
        this.layers = layers;
    }

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = TestRedisCluster.start(directory);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void fill() {
        cluster.masters().forEach(master -> master.ask(redis -> redis.flushAll()));
        writer = RedisClusterClient.create(
                new HostAndPort("127.0.0.1", cluster.masters().get(0).port()));
        writer.set(RedisKeys.EPOCH, Long.toString(EPOCH));
        writer.set(RedisKeys.SPEED_FLOOR, "0");
        writer.set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
        for (int account = 0; account < ACCOUNTS; account++) {
            count("account-" + account, 1);
        }
        api = new RunningApi(layers.settings(cluster.url().toString()));
    }

    @AfterEach
    void stop() {
        api.close();
        writer.close();
    }

    @Test
    void shouldAddUpTheRowsOfEveryMaster() {
        assertThat(cluster.masters()).allSatisfy(master -> assertThat(master.<Long>ask(redis -> redis.dbSize()))
                .isPositive());
        assertThat(views()).isEqualTo(ACCOUNTS);
        assertThat(query("").get("data").get(0).get("value").asLong()).isEqualTo(ACCOUNTS);
    }

    @Test
    void shouldNeverAnswerWithRowsOlderThanTheQuestion() {
        long total = ACCOUNTS;
        for (int n = 2; n < 60; n++) {
            count("account-" + n % 7, n);
            total = sumOf(n);
            assertThat(views()).isEqualTo(total);
        }
        assertThat(total).isGreaterThan(ACCOUNTS);
    }

    @Test
    void shouldFindTheAccountsOfAVideoOnEveryMaster() {
        for (int video = 0; video < ACCOUNTS; video++) {
            writer.sadd(VideoAccounts.key(0, "v" + video, EPOCH), VideoAccounts.entry("v" + video, "account-" + video));
            writer.sadd(VideoAccounts.key(0, "v", EPOCH), VideoAccounts.entry("v", "account-" + video / 2));
        }
        writer.sadd(VideoAccounts.days(EPOCH), "0", VideoAccounts.COMPLETE);

        assertThat(api.json("/api/v1/videos/v/views").get("total_views").asInt())
                .isEqualTo(ACCOUNTS / 2);
        assertThat(api.json("/api/v1/videos/v7/views").get("total_views").asInt())
                .isZero();
    }

    @Test
    void shouldFollowASlotThatMovesToAnotherMaster() {
        assertThat(views()).isEqualTo(ACCOUNTS);

        move("account-3");
        count("account-3", 1001);

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(query("").get("partial").asBoolean()).isFalse();
            assertThat(views()).isEqualTo(ACCOUNTS + 1000);
        });
        count("account-3", 2001);
        assertThat(views()).isEqualTo(ACCOUNTS + 2000);
    }

    @Test
    void shouldSayThatRowsMayBeMissingAfterAMasterLostThem() throws Exception {
        assertThat(views()).isEqualTo(ACCOUNTS);
        int lost = masterOf(RedisKeys.STATE);

        cluster.restart(lost);

        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                        query("").get("missing").asText())
                .contains("does not hold every row"));
    }

    private long views() {
        return query("").get("data").get(0).get("value").asLong();
    }

    private JsonNode query(String parameters) {
        return api.json("/api/v1/meters/views/query" + parameters);
    }

    /** What {@link #shouldNeverAnswerWithRowsOlderThanTheQuestion} has written so far: the last of each account. */
    private static long sumOf(int last) {
        long sum = ACCOUNTS;
        for (int account = 0; account < 7; account++) {
            long newest = 1;
            for (int n = 2; n <= last; n++) {
                newest = n % 7 == account ? n : newest;
            }
            sum += newest - 1;
        }
        return sum;
    }

    private void count(String account, long n) {
        RowKey key = new RowKey("views", account, "{\"video_id\":\"v\"}", 900_000, 2000, "events.view-0");
        RowValue value = new RowValue(n, BigDecimal.valueOf(n), Fingerprint.ZERO);
        writer.sadd(RedisKeys.accounts(EPOCH), account);
        writer.hset(RedisKeys.rows(account, "views", EPOCH), RowText.field(key), RowText.value(value));
    }

    private static int masterOf(String key) {
        return SlotHash.getSlot(key) * cluster.masters().size() / SlotHash.SLOT_COUNT;
    }

    /** As {@code redis-cli --cluster reshard} does. */
    private static void move(String account) {
        String key = RedisKeys.rows(account, "views", EPOCH);
        int slot = SlotHash.getSlot(key);
        int from = masterOf(key);
        TestRedis source = cluster.masters().get(from);
        TestRedis target = cluster.masters().get((from + 1) % cluster.masters().size());
        String sourceId = source.ask(redis -> redis.clusterMyId());
        String targetId = target.ask(redis -> redis.clusterMyId());
        target.ask(redis -> redis.clusterSetSlotImporting(slot, sourceId));
        source.ask(redis -> redis.clusterSetSlotMigrating(slot, targetId));
        List<String> keys = source.ask(redis -> redis.clusterGetKeysInSlot(slot, 100));
        source.ask(redis ->
                redis.migrate("127.0.0.1", target.port(), 10_000, new MigrateParams(), keys.toArray(String[]::new)));
        List.of(target, source).forEach(master -> master.ask(redis -> redis.clusterSetSlotNode(slot, targetId)));
        cluster.masters().forEach(master -> master.ask(redis -> redis.clusterSetSlotNode(slot, targetId)));
    }
}
