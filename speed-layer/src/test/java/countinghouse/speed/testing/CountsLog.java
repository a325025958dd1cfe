package countinghouse.speed.testing;

import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.schemas.VideoAccounts;
import countinghouse.speed.counts.FloorCodec;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.redis.TestRedis;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import redis.clients.jedis.Jedis;

/** Writes rows to the counts topic in place of the Streams application, and knows what Redis must hold in the end. */
public final class CountsLog implements AutoCloseable {
    public static final long FIRST_BUCKET_MS = 1_760_000_000_000L;
    public static final long WIDTH_MS = 2000;

    private static final String ROW_KEYS = "ch:{*}:rows:*:1";
    private static final String VIDEO_ACCOUNTS = "ch:video-accounts:*1";

    private final Random random = new Random(11);
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<RowKey, RowValue> rows = new HashMap<>();
    private Future<RecordMetadata> last;
    private long floorMs;

    public CountsLog(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "acks", "all",
                        "enable.idempotence", "false",
                        "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Writes random rows, new ones and grown ones, of some accounts, meters and buckets. */
    public void write(int count, int buckets) {
        for (int i = 0; i < count; i++) {
            String meter = random.nextBoolean() ? "views" : "watch_seconds";
            String account = "account-" + random.nextInt(50);
            String video = "{\"video_id\":\"v" + random.nextInt(20) + "\"}";
            // A dropped bucket is never counted into again.
            long bucketMs = Math.max(floorMs, FIRST_BUCKET_MS + WIDTH_MS * random.nextInt(buckets));
            RowKey key = new RowKey(meter, account, video, 0, bucketMs, "events.view-" + partitionOf(account));
            put(key, random.nextInt(1000));
        }
        awaitStored();
    }

    /** Adds one event to a row. */
    public void put(RowKey key, long value) {
        Fingerprint fingerprint = new Fingerprint(value, random.nextLong());
        long seconds = key.meter().equals("watch_seconds") ? value : 1;
        RowValue added = new RowValue(1, BigDecimal.valueOf(seconds), fingerprint);
        RowValue row = rows.merge(
                key,
                added,
                (old, one) -> new RowValue(
                        old.n() + 1,
                        old.value().add(one.value()),
                        old.fingerprint().plus(one.fingerprint())));
        send(partitionOf(key.account()), RowCodec.encodeKey(key), RowCodec.encodeValue(row));
    }

    /** Drops every row below a bucket, as the Streams application does. */
    public void dropBefore(long bucketMs) {
        floorMs = bucketMs;
        for (int partition = 0; partition < TestBroker.PARTITIONS; partition++) {
            TopicPartition source = new TopicPartition("events.view", partition);
            send(partition, FloorCodec.encodeKey(source), FloorCodec.encodeValue(bucketMs));
        }
        List<RowKey> dropped = new ArrayList<>(rows.keySet());
        dropped.removeIf(key -> key.bucketMs() >= bucketMs);
        dropped.forEach(key -> send(partitionOf(key.account()), RowCodec.encodeKey(key), null));
        dropped.forEach(rows::remove);
        awaitStored();
    }

    public Map<RowKey, RowValue> rows() {
        return rows;
    }

    /** What every hash of rows must hold. */
    public Map<String, Map<String, String>> hashes() {
        Map<String, Map<String, String>> hashes = new TreeMap<>();
        rows.forEach((key, value) -> hashes.computeIfAbsent(
                        RedisKeys.rows(key.account(), key.meter(), 1), ignored -> new TreeMap<>())
                .put(RowText.field(key), RowText.value(value)));
        return hashes;
    }

    /** What the hashes of rows on some servers hold. */
    public static Map<String, Map<String, String>> hashesOn(List<TestRedis> servers) {
        Map<String, Map<String, String>> hashes = new TreeMap<>();
        for (TestRedis server : servers) {
            try (Jedis redis = server.connect()) {
                redis.keys(ROW_KEYS).forEach(key -> hashes.put(key, new TreeMap<>(redis.hgetAll(key))));
            }
        }
        return hashes;
    }

    /** What must at least be listed of the accounts of videos. */
    public Set<String> videoAccounts() {
        Set<String> entries = new TreeSet<>();
        rows.keySet().stream()
                .filter(key -> VideoAccounts.METERS.contains(key.meter()))
                .forEach(key -> entries.add(listed(
                        VideoAccounts.key(
                                VideoAccounts.dayOf(key.bucketMs()),
                                Dimensions.parse(key.dimensions()).get("video_id"),
                                1),
                        VideoAccounts.entry(Dimensions.parse(key.dimensions()).get("video_id"), key.account()))));
        entries.add(listed(VideoAccounts.days(1), VideoAccounts.COMPLETE));
        return entries;
    }

    /** What is listed of the accounts of videos on some servers, each behind the key that it is listed in. */
    public static Set<String> videoAccountsOn(List<TestRedis> servers) {
        Set<String> entries = new TreeSet<>();
        for (TestRedis server : servers) {
            try (Jedis redis = server.connect()) {
                for (String key : redis.keys(VIDEO_ACCOUNTS)) {
                    redis.smembers(key).forEach(entry -> entries.add(listed(key, entry)));
                }
            }
        }
        return entries;
    }

    private static String listed(String key, String entry) {
        return key + " " + entry;
    }

    private void awaitStored() {
        try {
            last.get();
            producer.flush();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("A row was not stored", e);
        }
    }

    private void send(int partition, byte[] key, byte[] value) {
        last = producer.send(new ProducerRecord<>(Topics.USAGE_COUNTS, partition, key, value));
    }

    private static int partitionOf(String account) {
        return Partitioning.partitionOf(account, TestBroker.PARTITIONS);
    }

    @Override
    public void close() {
        producer.close();
    }
}
