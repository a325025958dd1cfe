package countinghouse.batch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.schemas.RedisKeys;
import countinghouse.testing.redis.TestRedisCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

class SpeedStoreTest {
    private static final int ACCOUNTS = 60;

    @Test
    void shouldReadARedisClusterOfThreeMasters(@TempDir Path directory) throws Exception {
        try (TestRedisCluster cluster = TestRedisCluster.start(directory)) {
            List<String> keys = write(cluster);

            try (SpeedStore speed = new SpeedStore(cluster.url().toString())) {
                assertThat(speed.liveEpoch()).contains(7L);
                assertThat(speed.floorMs()).isEqualTo(1000);
                assertThat(speed.progress(7)).isEqualTo(Map.of("events.view-0", 42L));
                assertThat(speed.accounts(7)).hasSize(ACCOUNTS);
                assertThat(speed.hashes(keys)).hasSize(ACCOUNTS).allSatisfy((key, rows) -> assertThat(rows)
                        .isEqualTo(Map.of("field", key)));
            }
            assertThat(cluster.masters()).allSatisfy(master -> assertThat(master.<Long>ask(redis -> redis.dbSize()))
                    .isPositive());
        }
    }

    /** Returns the keys of the rows. */
    private static List<String> write(TestRedisCluster cluster) {
        List<String> keys = new ArrayList<>();
        HostAndPort node = new HostAndPort("127.0.0.1", cluster.masters().get(0).port());
        try (RedisClusterClient redis = RedisClusterClient.create(node)) {
            redis.set(RedisKeys.EPOCH, "7");
            redis.set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
            redis.set(RedisKeys.SPEED_FLOOR, "1000");
            redis.hset(RedisKeys.progress(7), "events.view-0", "42|1234");
            for (int account = 0; account < ACCOUNTS; account++) {
                String key = RedisKeys.rows("account-" + account, "views", 7);
                redis.sadd(RedisKeys.accounts(7), "account-" + account);
                redis.hset(key, "field", key);
                keys.add(key);
            }
        }
        return keys;
    }
}
