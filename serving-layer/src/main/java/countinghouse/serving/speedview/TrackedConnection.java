package countinghouse.serving.speedview;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.schemas.RedisKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A connection that remembers what it has read until Redis says that it changed (CLIENT TRACKING, RESP3).
 *
 * <p>Exactness: an entry is in the cache before its command is sent, and Redis sends an invalidation on the same connection after the reply
 * it invalidates and before the reply to any later command. So whoever first awaits a command on this connection ({@link #state}) and
 * then looks into the cache sees nothing older than that command. The cache dies with its connection: what changes while nobody listens
 * cannot be missed.
 */
final class TrackedConnection implements AutoCloseable {
    private final StatefulRedisConnection<String, String> connection;
    private final RedisAsyncCommands<String, String> redis;
    private final AsyncCache<String, List<SpeedRow>> rows;
    private final AsyncCache<String, Set<String>> members =
            Caffeine.newBuilder().buildAsync();

    TrackedConnection(RedisClient client, int cachedRows) {
        rows = Caffeine.newBuilder()
                .maximumWeight(cachedRows)
                .weigher((String key, List<SpeedRow> value) -> value.size() + 1)
                .buildAsync();
        connection = client.connect();
        redis = connection.async();
        connection.addListener(this::onPush);
        connection.sync().clientTracking(TrackingArgs.Builder.enabled());
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Epoch, floor, state and layout, in this order; what Redis does not have is empty. */
    CompletableFuture<List<String>> state() {
        return redis.mget(RedisKeys.EPOCH, RedisKeys.SPEED_FLOOR, RedisKeys.STATE, RedisKeys.LAYOUT)
                .thenApply(values ->
                        values.stream().map(value -> value.getValueOrElse("")).toList())
                .toCompletableFuture();
    }

    /** The rows in a hash; none if there is no such hash. */
    CompletableFuture<List<SpeedRow>> rows(String key) {
        return rows.get(key, (missed, executor) -> redis.hgetall(missed)
                .thenApplyAsync(SpeedRow::parse, executor)
                .toCompletableFuture());
    }

    /** The totals in a hash, as one row per bucket. */
    CompletableFuture<List<SpeedRow>> totals(String key) {
        return rows.get(key, (missed, executor) -> redis.hgetall(missed)
                .thenApplyAsync(SpeedRow::parseTotals, executor)
                .toCompletableFuture());
    }

    /** A hash as it is, not kept in memory. */
    CompletableFuture<Map<String, String>> hash(String key) {
        return redis.hgetall(key).toCompletableFuture();
    }

    /** The members of a sorted set with the highest scores, highest first. */
    CompletableFuture<List<String>> highest(String key, int limit) {
        return redis.zrevrange(key, 0, limit - 1).toCompletableFuture();
    }

    /** Fields of a hash, in the order of their names; what Redis does not have is empty. */
    CompletableFuture<List<String>> fields(String key, List<String> names) {
        return redis.hmget(key, names.toArray(String[]::new))
                .thenApply(values ->
                        values.stream().map(value -> value.getValueOrElse("")).toList())
                .toCompletableFuture();
    }

    CompletableFuture<Set<String>> members(String key) {
        return members.get(key, (missed, executor) -> redis.smembers(missed).toCompletableFuture());
    }

    private void onPush(PushMessage message) {
        if (!message.getType().equals("invalidate")) {
            return;
        }
        List<Object> content = message.getContent(StringCodec.UTF8::decodeKey);
        if (content.size() > 1 && content.get(1) instanceof List<?> keys) {
            keys.forEach(key -> {
                rows.asMap().remove(key);
                members.asMap().remove(key);
            });
        } else {
            rows.asMap().clear();
            members.asMap().clear();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
