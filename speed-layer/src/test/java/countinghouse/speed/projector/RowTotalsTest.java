package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.RedisAddress;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.projector.RowBatch.Hash;
import countinghouse.testing.redis.TestRedis;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Totals are those of the rows, to the last digit, in whatever order and how often rows arrive. */
class RowTotalsTest {
    private static final String METER = "ad_revenue";
    private static final Hash HASH = new Hash("account", METER);

    private static TestRedis server;
    private Jedis reader;
    private EpochInRedis connection;
    private RedisRows redis;

    @BeforeAll
    static void startRedis() throws Exception {
        server = TestRedis.start();
    }

    @AfterAll
    static void stopRedis() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() {
        reader = server.connect();
        reader.flushAll();
        connection = EpochInRedis.connect(new RedisAddress(server.url()), MeterCatalog.standard(), 1);
        redis = connection.rows();
    }

    @AfterEach
    void disconnect() {
        connection.close();
        reader.close();
    }

    @Test
    void shouldBeTheSumsOfTheRowsWhateverArrivesHowOften() {
        Random random = new Random(3);
        Map<RowKey, RowValue> truth = new HashMap<>();
        List<Map.Entry<RowKey, RowValue>> sent = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            RowBatch batch = new RowBatch();
            for (int i = 0; i < 40; i++) {
                RowKey key = key(random.nextInt(4), random.nextInt(3), random.nextInt(5));
                RowValue old = truth.get(key);
                RowValue row = new RowValue(old == null ? 1 : old.n() + 1, amount(random), Fingerprint.ZERO);
                truth.put(key, row);
                sent.add(Map.entry(key, row));
                put(batch, key, row);
            }
            redis.write(batch);
            RowBatch replay = new RowBatch();
            Map.Entry<RowKey, RowValue> old = sent.get(random.nextInt(sent.size()));
            put(replay, old.getKey(), old.getValue());
            redis.write(replay);
        }
        RowBatch deletions = new RowBatch();
        truth.keySet().stream()
                .filter(key -> key.bucketMs() == 0)
                .forEach(key -> deletions.add(RowCodec.encodeKey(key), null));
        redis.write(deletions);
        truth.keySet().removeIf(key -> key.bucketMs() == 0);

        assertThat(reader.hgetAll(RedisKeys.totals("account", METER, 1))).isEqualTo(expectedTotals(truth));
        assertThat(reader.hgetAll(RedisKeys.dimensionTotals("account", METER, 1)))
                .isEqualTo(expectedByDimensions(truth));
        assertThat(reader.zrange(RedisKeys.top("account", METER, 1), 0, -1))
                .containsExactlyElementsOf(inOrderOfValue(expectedByDimensions(truth)));
        assertThat(redis.recountTotals(Set.of(HASH))).isZero();
    }

    @Test
    void shouldForgetTotalsWithTheirLastRow() {
        RowBatch batch = new RowBatch();
        put(batch, key(1, 1, 1), new RowValue(1, BigDecimal.TEN, Fingerprint.ZERO));
        redis.write(batch);
        RowBatch deletion = new RowBatch();
        deletion.add(RowCodec.encodeKey(key(1, 1, 1)), null);
        redis.write(deletion);

        assertThat(reader.keys("ch:{account}:*")).isEmpty();
    }

    @Test
    void shouldRecountTotalsThatAreNotThoseOfTheRows() {
        RowBatch batch = new RowBatch();
        put(batch, key(1, 1, 1), new RowValue(1, new BigDecimal("2.5"), Fingerprint.ZERO));
        redis.write(batch);
        reader.hset(RedisKeys.totals("account", METER, 1), "1000", "7|7|0|0");
        reader.hset(RedisKeys.totals("account", METER, 1), "5000", "7|7|0|0");

        assertThat(redis.recountTotals(Set.of(HASH))).isEqualTo(1);

        assertThat(reader.hgetAll(RedisKeys.totals("account", METER, 1)))
                .isEqualTo(Map.of("1000", "1|2.5|900000|900000"));
        assertThat(redis.recountTotals(Set.of(HASH))).isZero();
    }

    @Test
    void shouldKeepTheLeastAndTheGreatest() {
        assertThat(extreme("MIN", "3", "-2.5", "7")).isEqualTo("3|-2.5|0|0");
        assertThat(extreme("MAX", "3", "-2.5", "7.000000001")).isEqualTo("3|7.000000001|0|0");
    }

    private String extreme(String kind, String... values) {
        reader.flushAll();
        for (int i = 0; i < values.length; i++) {
            reader.eval(
                    LuaScript.MERGE_ROWS.text(),
                    List.of("{k}rows", "{k}totals", "{k}dimensions", "{k}top"),
                    List.of(kind, "5|0|p-" + i + "|{}", "1|" + values[i] + "|00"));
        }
        assertThat(reader.exists("{k}top")).isFalse();
        return reader.hget("{k}totals", "5");
    }

    private static RowKey key(int bucket, int cell, int video) {
        String dimensions = "{\"payee\":\"a|b\",\"video_id\":\"v" + video + "\"}";
        return new RowKey(METER, "account", dimensions, cell * 900_000L, bucket * 1000L, "events.ad-0");
    }

    /** Up to 28 integer digits, of either sign. */
    private static BigDecimal amount(Random random) {
        int bits = random.nextInt(100) == 0 ? 95 : 60;
        BigDecimal amount = new BigDecimal(new BigInteger(bits, random), random.nextInt(10));
        return random.nextBoolean() ? amount : amount.negate();
    }

    private static void put(RowBatch batch, RowKey key, RowValue value) {
        batch.add(RowCodec.encodeKey(key), RowCodec.encodeValue(value));
    }

    private static Map<String, String> expectedTotals(Map<RowKey, RowValue> rows) {
        Map<Long, List<Map.Entry<RowKey, RowValue>>> byBucket = new TreeMap<>();
        rows.entrySet().forEach(row -> byBucket.computeIfAbsent(row.getKey().bucketMs(), ignored -> new ArrayList<>())
                .add(row));
        Map<String, String> totals = new HashMap<>();
        byBucket.forEach((bucket, some) -> {
            long first =
                    some.stream().mapToLong(row -> row.getKey().cellMs()).min().orElseThrow();
            long last =
                    some.stream().mapToLong(row -> row.getKey().cellMs()).max().orElseThrow();
            totals.put(bucket.toString(), sum(some) + "|" + first + "|" + last);
        });
        return totals;
    }

    private static Map<String, String> expectedByDimensions(Map<RowKey, RowValue> rows) {
        Map<String, List<Map.Entry<RowKey, RowValue>>> byDimensions = new HashMap<>();
        rows.entrySet().forEach(row -> byDimensions
                .computeIfAbsent(row.getKey().dimensions(), ignored -> new ArrayList<>())
                .add(row));
        Map<String, String> totals = new HashMap<>();
        byDimensions.forEach((dimensions, some) -> totals.put(dimensions, sum(some)));
        return totals;
    }

    private static String sum(List<Map.Entry<RowKey, RowValue>> rows) {
        long n = rows.stream().mapToLong(row -> row.getValue().n()).sum();
        BigDecimal value = rows.stream().map(row -> row.getValue().value()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return n + "|" + (value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
    }

    private static List<String> inOrderOfValue(Map<String, String> totals) {
        return totals.entrySet().stream()
                .sorted(java.util.Comparator.comparing(
                        total -> new BigDecimal(total.getValue().split("\\|")[1])))
                .map(Map.Entry::getKey)
                .toList();
    }
}
