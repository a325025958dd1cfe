package countinghouse.serving.speedview;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.memory.QuietReads;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import io.netty.channel.EventLoop;
import java.util.HashSet;
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
final class TrackedConnection implements SpeedReads {
    static final List<String> STATE_KEYS =
            List.of(RedisKeys.EPOCH, RedisKeys.SPEED_FLOOR, RedisKeys.STATE, RedisKeys.LAYOUT);

    /** So many are parsed by the connection's own thread; more would keep others' answers waiting. */
    private static final int FEW_FIELDS = 32;

    /** So many take Redis well below a millisecond. */
    private static final int SCANNED_AT_ONCE = 2000;

    private final StatefulRedisConnection<String, String> connection;
    private final RedisAsyncCommands<String, String> redis;
    private final AsyncCache<String, List<SpeedRow>> rows;
    private final QuietReads<String, List<SpeedRow>> known;
    /** Written by the connection's thread alone, which receives answers and invalidations in the order in which Redis sent them. */
    private volatile List<String> knownState;

    private final SharedCommand<List<String>> states;
    private final EventLoop loop;
    private final AsyncCache<String, Set<String>> members =
            Caffeine.newBuilder().buildAsync();

    /** @param loop of others that the client connects on; null if it has its own */
    TrackedConnection(RedisClient client, RedisURI server, int cachedRows, EventLoop loop) {
        this.loop = loop;
        // What a loop does later, it does when it has read all requests that are there.
        states = new SharedCommand<>(this::readState, loop == null ? Runnable::run : loop);
        rows = Caffeine.newBuilder()
                // Housekeeping is little; to wake a thread for it costs more.
                .executor(Runnable::run)
                .maximumWeight(cachedRows)
                .weigher((String key, List<SpeedRow> value) -> value.size() + 1)
                .buildAsync();
        known = new QuietReads<>(rows.synchronous());
        connection = client.connect(server);
        redis = connection.async();
        connection.addListener(this::onPush);
        try {
            connection.sync().clientTracking(TrackingArgs.Builder.enabled());
        } catch (RedisException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    /** Those who call while a command is on its way share the next: the one behind an answer is always sent after the call. */
    @Override
    public CompletableFuture<List<String>> state() {
        return states.next();
    }

    private CompletableFuture<List<String>> readState() {
        return redis.mget(STATE_KEYS.toArray(String[]::new))
                .thenApply(values -> sameIfUnchanged(
                        values.stream().map(value -> value.getValueOrElse("")).toList()))
                .toCompletableFuture();
    }

    /** The same object as long as nothing changes: it tells that nothing changed in between, and changed back. */
    private List<String> sameIfUnchanged(List<String> read) {
        List<String> last = knownState;
        if (read.equals(last)) {
            return last;
        }
        knownState = read;
        return read;
    }

    @Override
    public List<String> knownState() {
        return knownState;
    }

    @Override
    public boolean heldUntilNow(List<String> earlier) {
        return knownState == earlier;
    }

    @Override
    public boolean keepsOrder() {
        return loop != null && loop.inEventLoop();
    }

    @Override
    public CompletableFuture<List<SpeedRow>> remembered(String key) {
        List<SpeedRow> arrived = known.get(key);
        return arrived == null ? rows.getIfPresent(key) : CompletableFuture.completedFuture(arrived);
    }

    @Override
    public boolean isRemembered(String key, List<SpeedRow> earlier) {
        return known.get(key) == earlier;
    }

    /** A text; empty if there is none. */
    CompletableFuture<String> value(String key) {
        return redis.get(key).thenApply(value -> value == null ? "" : value).toCompletableFuture();
    }

    /** Ends once everything that Redis had sent before has arrived. */
    CompletableFuture<String> ping() {
        return redis.ping().toCompletableFuture();
    }

    /** Closes without waiting, from any thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing is done with the connection afterwards
    void abandon() {
        connection.closeAsync();
    }

    @Override
    public CompletableFuture<List<SpeedRow>> rows(String key) {
        return rows.get(key, (missed, executor) -> redis.hgetall(missed)
                .thenCompose(hash -> hash.size() <= FEW_FIELDS
                        ? CompletableFuture.completedFuture(SpeedRow.parse(hash))
                        : CompletableFuture.supplyAsync(() -> SpeedRow.parse(hash)))
                .toCompletableFuture());
    }

    @Override
    public CompletableFuture<List<SpeedRow>> totals(String key) {
        return rows.get(key, (missed, executor) -> redis.hgetall(missed)
                .thenApply(SpeedRow::parseTotals)
                .toCompletableFuture());
    }

    @Override
    public CompletableFuture<Map<String, String>> hash(String key) {
        return redis.hgetall(key).toCompletableFuture();
    }

    @Override
    public CompletableFuture<List<String>> highest(String key, int limit) {
        return redis.zrevrange(key, 0, limit - 1).toCompletableFuture();
    }

    @Override
    public CompletableFuture<Set<String>> matching(String key, String pattern) {
        ScanArgs page = ScanArgs.Builder.matches(pattern).limit(SCANNED_AT_ONCE);
        return scan(key, page, ScanCursor.INITIAL, new HashSet<>());
    }

    private CompletableFuture<Set<String>> scan(String key, ScanArgs page, ScanCursor from, Set<String> found) {
        return redis.sscan(key, from, page).toCompletableFuture().thenCompose(scanned -> {
            found.addAll(scanned.getValues());
            return scanned.isFinished() ? CompletableFuture.completedFuture(found) : scan(key, page, scanned, found);
        });
    }

    @Override
    public CompletableFuture<List<String>> fields(String key, List<String> names) {
        return redis.hmget(key, names.toArray(String[]::new))
                .thenApply(values ->
                        values.stream().map(value -> value.getValueOrElse("")).toList())
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<Set<String>> members(String key) {
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
                if (STATE_KEYS.contains(key)) {
                    knownState = null;
                }
            });
        } else {
            knownState = null;
            rows.asMap().clear();
            members.asMap().clear();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
