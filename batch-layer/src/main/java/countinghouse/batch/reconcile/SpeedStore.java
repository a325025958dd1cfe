package countinghouse.batch.reconcile;

import countinghouse.kit.config.RedisAddress;
import countinghouse.schemas.RedisKeys;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;
import redis.clients.jedis.util.JedisURIHelper;

/** The rows of the speed layer, as readers see them in Redis. */
public final class SpeedStore implements AutoCloseable {
    private static final int SCAN_COUNT = 1_000;

    private final UnifiedJedis redis;

    /** @param url of a server or a cluster, as {@link RedisAddress} has it */
    public SpeedStore(String url) {
        RedisAddress address = new RedisAddress(URI.create(url));
        redis = address.isCluster() ? cluster(address.nodes()) : RedisClient.create(address.url());
    }

    private static UnifiedJedis cluster(List<URI> nodes) {
        return RedisClusterClient.builder()
                .nodes(nodes.stream().map(JedisURIHelper::getHostAndPort).collect(Collectors.toSet()))
                .clientConfig(DefaultJedisClientConfig.builder(nodes.get(0)).build())
                .build();
    }

    /** The epoch that readers use; empty while there is none or it is being rebuilt. */
    Optional<Long> liveEpoch() {
        String state = redis.get(RedisKeys.STATE);
        if (state != null && !state.equals(RedisKeys.STATE_LIVE)) {
            return Optional.empty();
        }
        return Optional.ofNullable(redis.get(RedisKeys.EPOCH)).map(Long::valueOf);
    }

    /** Next offset by {@code topic-partition}. */
    Map<String, Long> progress(long epoch) {
        Map<String, Long> progress = new HashMap<>();
        redis.hgetAll(RedisKeys.progress(epoch)).forEach((partition, text) -> {
            String nextOffset = text.substring(0, text.indexOf('|'));
            progress.put(partition, Long.valueOf(nextOffset));
        });
        return progress;
    }

    /** Start in ms of the oldest bucket that is still held; never sinks, and 0 while everything is held or nothing is known. */
    public long floorMs() {
        return Optional.ofNullable(redis.get(RedisKeys.SPEED_FLOOR))
                .map(Long::valueOf)
                .orElse(0L);
    }

    Set<String> accounts(long epoch) {
        Set<String> accounts = new HashSet<>();
        ScanParams page = new ScanParams().count(SCAN_COUNT);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> result = redis.sscan(RedisKeys.accounts(epoch), cursor, page);
            accounts.addAll(result.getResult());
            cursor = result.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return accounts;
    }

    /** The hashes under some keys. */
    Map<String, Map<String, String>> hashes(List<String> keys) {
        Map<String, Response<Map<String, String>>> responses = new LinkedHashMap<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            keys.forEach(key -> responses.put(key, pipeline.hgetAll(key)));
            pipeline.sync();
        }
        Map<String, Map<String, String>> hashes = new LinkedHashMap<>();
        responses.forEach((key, response) -> hashes.put(key, response.get()));
        return hashes;
    }

    @Override
    public void close() {
        redis.close();
    }
}
