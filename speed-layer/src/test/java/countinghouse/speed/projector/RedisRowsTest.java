package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.config.RedisAddress;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.counts.ProgressCodec;
import countinghouse.speed.live.LiveCodec;
import countinghouse.speed.live.LiveKey;
import countinghouse.testing.redis.TestRedis;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

class RedisRowsTest {
    private static final RowKey ROW = new RowKey("views", "account", "{\"video_id\":\"a|b\"}", 900_000, 2000, "t-0");
    private static final TopicPartition COUNTS_0 = new TopicPartition(Topics.USAGE_COUNTS, 0);
    private static final TopicPartition SOURCE = new TopicPartition("events.view", 0);

    private static TestRedis server;

    private Jedis reader;
    private EpochInRedis epoch;
    private RedisRows rows;

    @BeforeAll
    static void startRedis() throws Exception {
        server = TestRedis.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        server.close();
    }

    @BeforeEach
    void connectAnew() {
        reader = server.connect();
        reader.flushAll();
        epoch = connect();
        rows = epoch.rows();
    }

    @AfterEach
    void disconnect() {
        epoch.close();
        reader.close();
    }

    @Test
    void shouldKeepTheRowWithTheHigherNInWhateverOrderRowsArrive() {
        rows.write(RowBatch.of(List.of(row(ROW, 9))));
        rows.write(RowBatch.of(List.of(row(ROW, 10))));
        rows.write(RowBatch.of(List.of(row(ROW, 9))));

        assertThat(stored(ROW)).isEqualTo(value(10));
    }

    @Test
    void shouldCompareNExactlyBeyondWhatLuaNumbersHold() {
        long big = (1L << 60) + 1;
        rows.write(RowBatch.of(List.of(row(ROW, big))));
        rows.write(RowBatch.of(List.of(row(ROW, big - 1))));

        assertThat(stored(ROW)).isEqualTo(value(big));
    }

    @Test
    void shouldDeleteTheRowOfATombstone() {
        rows.write(RowBatch.of(List.of(row(ROW, 1))));
        rows.write(RowBatch.of(List.of(entry(RowCodec.encodeKey(ROW), null))));

        assertThat(reader.exists(RedisKeys.rows("account", "views", 1))).isFalse();
    }

    @Test
    void shouldKeepLiveEntriesAndDeleteThoseThatEnded() {
        LiveKey job = new LiveKey("account", RedisKeys.LIVE_JOBS, "job|1");
        byte[] key = LiveCodec.encodeKey(job);
        String hash = RedisKeys.live("account", RedisKeys.LIVE_JOBS, 1);

        rows.write(RowBatch.of(List.of(entry(key, LiveCodec.encodeValue("2|0|started")))));
        rows.write(RowBatch.of(List.of(entry(key, LiveCodec.encodeValue("1|0|submitted")))));
        assertThat(reader.hgetAll(hash)).isEqualTo(Map.of("job|1", "2|0|started"));
        assertThat(reader.smembers(RedisKeys.accounts(1))).containsExactly("account");

        rows.write(RowBatch.of(List.of(entry(key, null))));
        assertThat(reader.exists(hash)).isFalse();
    }

    @Test
    void shouldTakeTheNewestOfSeveralStatesOfARowInOneBatch() {
        rows.write(RowBatch.of(List.of(row(ROW, 1), row(ROW, 2), row(ROW, 3))));

        assertThat(stored(ROW)).isEqualTo(value(3));
    }

    @Test
    void shouldWriteMoreRowsOfOneHashThanFitIntoACall() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int bucket = 0; bucket < 1200; bucket++) {
            records.add(row(new RowKey("views", "account", "{}", 0, bucket, "t-0"), 1));
        }

        rows.write(RowBatch.of(records));

        assertThat(reader.hlen(RedisKeys.rows("account", "views", 1))).isEqualTo(1200);
        assertThat(reader.smembers(RedisKeys.accounts(1))).containsExactly("account");
    }

    @Test
    void shouldRecordProgressOfTheSourceAndItsOwnOffsets() {
        epoch.offsets().forget();
        ConsumerRecord<byte[], byte[]> progress =
                entry(ProgressCodec.encodeKey(SOURCE), ProgressCodec.encodeValue(new Progress(7, 1234)));

        epoch.offsets().record(RowBatch.of(List.of(progress)).progress(), Map.of(COUNTS_0, 42L));

        assertThat(reader.hgetAll(RedisKeys.progress(1))).isEqualTo(Map.of("events.view-0", "7|1234"));
        assertThat(epoch.offsets().stored()).contains(Map.of(COUNTS_0, 42L));
    }

    @Test
    void shouldNotTrustOffsetsThatAnotherRunOfRedisStored() {
        epoch.offsets().record(Map.of(), Map.of(COUNTS_0, 42L));
        reader.hset(RedisKeys.projector(1), "run-id", "another");

        assertThat(epoch.offsets().stored()).isEmpty();
    }

    @Test
    void shouldHaveNoStoredOffsetsOnceTheyAreForgotten() {
        epoch.offsets().record(Map.of(), Map.of(COUNTS_0, 42L));

        epoch.offsets().forget();

        assertThat(epoch.offsets().stored()).isEmpty();
    }

    @Test
    void shouldSayWhatReadersNeedToKnow() {
        assertThat(reader.get(RedisKeys.EPOCH)).isEqualTo("1");
        assertThat(reader.get(RedisKeys.SPEED_FLOOR)).isEqualTo("0");
        epoch.words().sayRebuilding(40);
        assertThat(reader.get(RedisKeys.STATE)).isEqualTo("rebuilding|40");
        assertThat(epoch.words().sayLive("rebuilding|40")).isTrue();
        assertThat(epoch.words().state()).isEqualTo("live");
    }

    @Test
    void shouldLetAProjectorThatWakesUpLateTakeNothingBack() {
        epoch.offsets().forget();
        RowBatch newer = RowBatch.of(List.of(row(ROW, 10), progress(20, 2000)));
        RowBatch older = RowBatch.of(List.of(row(ROW, 9), progress(19, 1900)));
        try (EpochInRedis zombie = connect()) {
            zombie.rows().write(older);
            rows.write(newer);
            epoch.offsets().record(newer.progress(), Map.of(COUNTS_0, 42L));
            epoch.words().raiseFloor(3000);

            zombie.rows().write(older);
            zombie.offsets().record(older.progress(), Map.of(COUNTS_0, 41L));
            zombie.words().raiseFloor(2000);
        }

        assertThat(stored(ROW)).isEqualTo(value(10));
        assertThat(reader.hget(RedisKeys.progress(1), "events.view-0")).isEqualTo("20|2000");
        assertThat(epoch.words().floorMs()).isEqualTo(3000);
    }

    @Test
    void shouldNotLetAProjectorThatSleptThroughAFlushPromiseThatRowsAreThere() {
        epoch.offsets().forget();
        epoch.words().sayRebuilding(99);
        try (EpochInRedis successor = connect()) {
            reader.flushAll();
            successor.offsets().forget();
            successor.words().sayRebuilding(1);

            assertThat(epoch.words().sayLive("rebuilding|99")).isFalse();
            assertThatThrownBy(epoch.offsets()::requireKept).isInstanceOf(RowsLostException.class);
            successor.offsets().requireKept();
        }
        assertThat(reader.get(RedisKeys.STATE)).isEqualTo("rebuilding|1");
    }

    @Test
    void shouldNoticeAFlushAPromotionAndARestart() throws Exception {
        epoch.offsets().forget();
        epoch.offsets().requireKept();
        reader.flushAll();
        assertThatThrownBy(epoch.offsets()::requireKept).isInstanceOf(RowsLostException.class);

        epoch.offsets().forget();
        reader.replicaof("127.0.0.1", 1);
        assertThatThrownBy(epoch.offsets()::requireKept).hasMessageContaining("replica");
        reader.replicaofNoOne();
        assertThatThrownBy(epoch.offsets()::requireKept).isInstanceOf(RowsLostException.class);
    }

    @Test
    void shouldKeepTotalsOfAMeterThatTheDeploymentAdds() {
        RowKey added = new RowKey(AddedMeter.SLUG, "account", "{\"video_id\":\"a\"}", 900_000, 2000, "t-0");

        rows.write(RowBatch.of(List.of(row(added, 3))));

        assertThat(reader.hgetAll(RedisKeys.totals("account", AddedMeter.SLUG, 1)))
                .isEqualTo(Map.of("2000", "3|3|900000|900000"));
        assertThat(reader.exists(RedisKeys.top("account", AddedMeter.SLUG, 1))).isTrue();
    }

    @Test
    void shouldNotForgetAnAccountThatHasRowsOfAnAddedMeterOnly() {
        RowKey added = new RowKey(AddedMeter.SLUG, "account", "{}", 900_000, 2000, "t-0");
        rows.write(RowBatch.of(List.of(row(added, 1))));

        rows.forgetEmpty(Set.of("account"));

        assertThat(reader.smembers(RedisKeys.accounts(1))).containsExactly("account");
    }

    @Test
    void shouldFailIfRedisRefusesAnyRow() {
        reader.set(RedisKeys.rows("account", "views", 1), "no hash");

        assertThatThrownBy(() -> rows.write(RowBatch.of(List.of(row(ROW, 1)))))
                .isInstanceOf(JedisException.class)
                .hasMessageContaining("WRONGTYPE");
    }

    private static EpochInRedis connect() {
        return EpochInRedis.connect(new RedisAddress(server.url()), AddedMeter.meters(), 1);
    }

    private RowValue stored(RowKey key) {
        return RowText.parseValue(reader.hget(RedisKeys.rows(key.account(), key.meter(), 1), RowText.field(key)));
    }

    private static RowValue value(long n) {
        return new RowValue(n, BigDecimal.valueOf(n), new Fingerprint(n, -n));
    }

    private static ConsumerRecord<byte[], byte[]> progress(long nextOffset, long runningMaximumMs) {
        return entry(
                ProgressCodec.encodeKey(SOURCE), ProgressCodec.encodeValue(new Progress(nextOffset, runningMaximumMs)));
    }

    private static ConsumerRecord<byte[], byte[]> row(RowKey key, long n) {
        return entry(RowCodec.encodeKey(key), RowCodec.encodeValue(value(n)));
    }

    private static ConsumerRecord<byte[], byte[]> entry(byte[] key, byte[] value) {
        return new ConsumerRecord<>(Topics.USAGE_COUNTS, 0, 0, key, value);
    }
}
