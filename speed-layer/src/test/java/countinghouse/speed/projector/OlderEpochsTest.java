package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.RedisAddress;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.live.LiveCodec;
import countinghouse.speed.live.LiveKey;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.redis.TestRedisCluster;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Once readers have turned to an epoch, nothing of the ones before it is left. */
class OlderEpochsTest {
    private static final int ACCOUNTS = 700;
    private static final List<String> METERS = List.of("views", "ad_revenue", "unique_viewers", AddedMeter.SLUG);

    @Test
    void shouldLeaveOnlyTheKeysOfTheEpochThatDeletes() throws Exception {
        try (TestRedis server = TestRedis.start()) {
            leavesOnlyOneEpoch(server.url(), List.of(server));
        }
    }

    @Test
    void shouldLeaveOnlyTheKeysOfTheEpochThatDeletesInACluster(@TempDir Path directory) throws Exception {
        try (TestRedisCluster cluster = TestRedisCluster.start(directory)) {
            leavesOnlyOneEpoch(cluster.url(), cluster.masters());
        }
    }

    private static void leavesOnlyOneEpoch(URI url, List<TestRedis> servers) {
        write(url, 1).close();
        write(url, 2).close();
        Set<String> alone;
        try (EpochInRedis newest = write(url, 3)) {
            alone = keysOf(3, servers);
            assertThat(keysOf(1, servers)).hasSameSizeAs(alone);

            newest.older().delete();
            newest.older().delete();
        }

        assertThat(alone).hasSizeGreaterThan(ACCOUNTS * METERS.size());
        assertThat(keysOf(3, servers)).isEqualTo(alone);
        assertThat(keysOf(2, servers)).isEmpty();
        assertThat(keysOf(1, servers)).isEmpty();
    }

    /** Everything that an epoch leaves: rows and totals of every meter, live views, accounts, progress and offsets. */
    private static EpochInRedis write(URI url, long number) {
        EpochInRedis epoch = EpochInRedis.connect(new RedisAddress(url), AddedMeter.meters(), number);
        RowBatch batch = new RowBatch();
        for (int account = 0; account < ACCOUNTS; account++) {
            for (String meter : METERS) {
                RowKey key = new RowKey(meter, "account-" + account, "{\"video_id\":\"v\"}", 900_000, 2000, "t-0");
                batch.add(
                        RowCodec.encodeKey(key),
                        RowCodec.encodeValue(new RowValue(1, BigDecimal.ONE, Fingerprint.ZERO)));
            }
        }
        batch.add(
                LiveCodec.encodeKey(new LiveKey("account-1", RedisKeys.LIVE_JOBS, "job")),
                LiveCodec.encodeValue("1|0|started"));
        batch.add(
                LiveCodec.encodeKey(new LiveKey("account-1", RedisKeys.LIVE_WAITS, "0|desk")),
                LiveCodec.encodeValue("1|10:1"));
        epoch.rows().write(batch);
        epoch.offsets()
                .record(
                        Map.of(new TopicPartition("events.view", 0), new Progress(1, 2000)),
                        Map.of(new TopicPartition("counts", 0), 1L));
        return epoch;
    }

    private static Set<String> keysOf(long epoch, List<TestRedis> servers) {
        Set<String> keys = new TreeSet<>();
        for (TestRedis server : servers) {
            try (Jedis redis = server.connect()) {
                keys.addAll(redis.keys("*:" + epoch));
            }
        }
        // Marks of the projector end with a number, too.
        keys.removeIf(key -> key.startsWith("ch:kept:"));
        return keys;
    }
}
