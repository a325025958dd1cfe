package countinghouse.fault.speed;

import countinghouse.fault.oracle.RowName;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** What Redis holds, read by the key layout in docs/architecture/contracts.md, one connection per question. */
final class RedisCounts {
    private static final JedisClientConfig CONNECTION = DefaultJedisClientConfig.builder()
            .timeoutMillis(5_000)
            .autoNegotiateProtocol(false)
            .build();
    private static final int SCAN_COUNT = 1_000;
    private static final long NOTHING = 0;

    private final URI url;

    RedisCounts(URI url) {
        this.url = url;
    }

    /** {@code live}, {@code rebuilding|PERCENT}, or empty if Redis does not say or does not answer. */
    String state() {
        try (Jedis redis = connect()) {
            String state = redis.get("ch:state");
            return state == null ? "" : state;
        } catch (JedisException e) {
            return "";
        }
    }

    /** The offset up to which the rows reach, per source partition; nothing if Redis does not answer. */
    Map<TopicPartition, Long> nextOffsets() {
        try (Jedis redis = connect()) {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            redis.hgetAll("ch:progress:" + epoch(redis)).forEach((source, progress) -> {
                int dash = source.lastIndexOf('-');
                TopicPartition partition =
                        new TopicPartition(source.substring(0, dash), Integer.parseInt(source.substring(dash + 1)));
                offsets.put(partition, Long.parseLong(progress.substring(0, progress.indexOf('|'))));
            });
            return offsets;
        } catch (JedisException e) {
            return Map.of();
        }
    }

    /** How many records of the log the rows do not hold yet. */
    long behind(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> reached = nextOffsets();
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - reached.getOrDefault(end.getKey(), NOTHING)))
                .sum();
    }

    /** Start of the oldest bucket that is still held. */
    long floorMs() {
        try (Jedis redis = connect()) {
            return Long.parseLong(redis.get("ch:speed-floor"));
        }
    }

    /** Every row of the epoch that readers use, as {@code KEY FIELD} to {@code n|value|fingerprint}. */
    Map<String, String> rows() {
        try (Jedis redis = connect()) {
            Map<String, String> rows = new HashMap<>();
            ScanParams pattern =
                    new ScanParams().match("ch:*:rows:*:" + epoch(redis)).count(SCAN_COUNT);
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page = redis.scan(cursor, pattern);
                for (String key : page.getResult()) {
                    // An account's name may hold ':rows:' itself, which brings its other keys here.
                    if (!key.contains("}:rows:")) {
                        continue;
                    }
                    redis.hgetAll(key).forEach((field, value) -> rows.put(key + " " + field, withoutSketch(value)));
                }
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            return rows;
        }
    }

    /** The bytes of a sketch depend on the order of its items; what it estimates, and its fingerprint, do not. */
    private static String withoutSketch(String value) {
        String[] parts = value.split("\\|", 4);
        return parts.length < 4 ? value : String.join("|", parts[0], parts[1], parts[2]);
    }

    /** Where Redis must hold a row of an epoch, in the form of {@link #rows}. */
    static String place(RowName row, String epoch) {
        return "ch:{%s}:rows:%s:%s %d|%d|%s|%s"
                .formatted(
                        row.account(),
                        row.meter(),
                        epoch,
                        row.bucketMs(),
                        row.cellMs(),
                        row.partition(),
                        row.dimensions());
    }

    String epoch() {
        try (Jedis redis = connect()) {
            return epoch(redis);
        }
    }

    private static String epoch(Jedis redis) {
        return redis.get("ch:epoch");
    }

    private Jedis connect() {
        return new Jedis(url, CONNECTION);
    }
}
