package countinghouse.serving.speedview;

import countinghouse.schemas.RedisKeys;
import countinghouse.serving.scope.Accounts;
import io.lettuce.core.RedisException;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The speed layer's live rows, of one epoch at a time. */
public final class SpeedView implements AutoCloseable {
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final int MAX_FLIPS = 3;

    private final SpeedConfig config;
    private final SpeedConnections connections;
    private LoopReads connection;
    /** The same, for those who must not wait for a connection that is being opened. */
    private volatile LoopReads open;

    private long nextAttemptNanos = System.nanoTime();

    public SpeedView(SpeedConfig config) {
        this(config, List.of());
    }

    /** @param loops that ask without blocking ({@link #readAtOnce}); each gets a connection of its own */
    public SpeedView(SpeedConfig config, List<EventLoop> loops) {
        this.config = config;
        this.connections = new SpeedConnections(config, loops);
    }

    /**
     * The rows of a meter.
     *
     * @param detail totals are read where they are kept; a speed layer of an older build keeps none
     * @param videos of which rows are wanted, if all accounts are asked for; rows of other videos may come with them
     * @throws SpeedUnavailableException if Redis does not answer
     */
    public SpeedSnapshot read(String meter, Accounts accounts, Detail detail, Optional<VideoFilter> videos) {
        SpeedReads redis = connection();
        List<String> before = await(redis.state());
        for (int flips = 0; flips < MAX_FLIPS; flips++) {
            String epoch = before.get(0);
            Map<String, List<SpeedRow>> rows = epoch.isEmpty()
                    ? Map.of()
                    : rows(
                            redis,
                            meter,
                            names(redis, accounts, videos, Long.parseLong(epoch)),
                            Long.parseLong(epoch),
                            kept(detail, before));
            // Rows of an epoch may be deleted once it is left, and rows below the floor once the floor is set: so look
            // again afterwards.
            List<String> after = await(redis.state());
            if (after.get(0).equals(epoch)) {
                return snapshot(rows, after);
            }
            before = after;
        }
        throw new SpeedUnavailableException(
                "The epoch of the speed layer changed %d times while it was read".formatted(MAX_FLIPS), null);
    }

    /**
     * The rows of a meter for some accounts, without blocking; empty if there is no connection at the moment. It fails with
     * {@link SpeedUnavailableException} if Redis does not answer.
     */
    public Optional<CompletableFuture<SpeedSnapshot>> readAtOnce(String meter, Set<String> accounts, Detail detail) {
        LoopReads all = open;
        if (all == null || !all.isOpen()) {
            return Optional.empty();
        }
        SpeedReads redis = all.ofThisThread();
        CompletableFuture<SpeedSnapshot> answer = new CompletableFuture<>();
        var unused = new FewAccounts(redis, meter, accounts, detail).read().whenComplete((snapshot, failure) -> {
            if (failure == null) {
                answer.complete(snapshot);
            } else {
                answer.completeExceptionally(new SpeedUnavailableException(
                        "Cannot read from Redis at %s".formatted(config.redis()), failure));
            }
        });
        return Optional.of(answer);
    }

    /** How much of the rows a question needs. */
    public enum Detail {
        ROWS,
        TOTALS
    }

    static Detail kept(Detail wanted, List<String> state) {
        return state.get(3).equals(RedisKeys.LAYOUT_TOTALS) ? wanted : Detail.ROWS;
    }

    /**
     * The dimensions of an account with the highest live values of a meter, highest first.
     *
     * @param limit how many at most, above 0
     * @throws SpeedUnavailableException if Redis does not answer
     */
    public TopSnapshot top(String meter, String account, int limit) {
        SpeedReads redis = connection();
        String epoch = await(redis.state()).get(0);
        List<TopSnapshot.Entry> entries = new ArrayList<>();
        if (!epoch.isEmpty()) {
            List<String> dimensions = await(redis.highest(RedisKeys.top(account, meter, Long.parseLong(epoch)), limit));
            if (!dimensions.isEmpty()) {
                List<String> values = await(
                        redis.fields(RedisKeys.dimensionTotals(account, meter, Long.parseLong(epoch)), dimensions));
                TopSnapshot.addEntries(dimensions, values, entries);
            }
        }
        return new TopSnapshot(entries, snapshot(Map.of(), await(redis.state())));
    }

    /**
     * A live view of some accounts.
     *
     * @param view {@link RedisKeys#LIVE_JOBS} or {@link RedisKeys#LIVE_WAITS}
     * @throws SpeedUnavailableException if Redis does not answer
     */
    public LiveSnapshot live(String view, Accounts accounts) {
        SpeedReads redis = connection();
        String epoch = await(redis.state()).get(0);
        Map<String, Map<String, String>> entries = new HashMap<>();
        if (!epoch.isEmpty()) {
            Map<String, CompletableFuture<Map<String, String>>> pending = new HashMap<>();
            long number = Long.parseLong(epoch);
            names(redis, accounts, number)
                    .forEach(account -> pending.put(account, redis.hash(RedisKeys.live(account, view, number))));
            pending.forEach((account, reply) -> entries.put(account, await(reply)));
            entries.values().removeIf(Map::isEmpty);
        }
        return new LiveSnapshot(entries, snapshot(Map.of(), await(redis.state())));
    }

    /**
     * How far the rows of the current epoch reach.
     *
     * @throws SpeedUnavailableException if Redis does not answer
     */
    public ProgressSnapshot progress() {
        SpeedReads redis = connection();
        String epoch = await(redis.state()).get(0);
        Map<String, String> reached =
                epoch.isEmpty() ? Map.of() : await(redis.hash(RedisKeys.progress(Long.parseLong(epoch))));
        return ProgressSnapshot.of(reached, snapshot(Map.of(), await(redis.state())));
    }

    private Collection<String> names(SpeedReads redis, Accounts accounts, Optional<VideoFilter> videos, long epoch) {
        Optional<Set<String>> listed = accounts.all() && videos.isPresent()
                ? await(new ListedAccounts(redis, epoch).of(videos.get()))
                : Optional.empty();
        return listed.isPresent() ? listed.get() : names(redis, accounts, epoch);
    }

    private Collection<String> names(SpeedReads redis, Accounts accounts, long epoch) {
        return accounts.all() ? await(redis.members(RedisKeys.accounts(epoch))) : accounts.names();
    }

    private Map<String, List<SpeedRow>> rows(
            SpeedReads redis, String meter, Collection<String> names, long epoch, Detail detail) {
        Map<String, CompletableFuture<List<SpeedRow>>> pending = new HashMap<>();
        names.forEach(account -> pending.put(
                account,
                detail == Detail.TOTALS
                        ? redis.totals(RedisKeys.totals(account, meter, epoch))
                        : redis.rows(RedisKeys.rows(account, meter, epoch))));
        Map<String, List<SpeedRow>> rows = new HashMap<>();
        pending.forEach((account, reply) -> rows.put(account, await(reply)));
        return rows;
    }

    static SpeedSnapshot snapshot(Map<String, List<SpeedRow>> rows, List<String> state) {
        long floorMs = state.get(1).isEmpty() ? Long.MIN_VALUE : Long.parseLong(state.get(1));
        // Only "live" promises that every row is there; a Redis that lost its data says nothing.
        String missing =
                state.get(2).equals(RedisKeys.STATE_LIVE) && !state.get(0).isEmpty()
                        ? null
                        : "The speed layer does not hold every row yet (%s)"
                                .formatted(state.get(2).isEmpty() ? "nothing written" : state.get(2));
        return new SpeedSnapshot(rows, floorMs, missing);
    }

    private synchronized SpeedReads connection() {
        if (connection != null && connection.isOpen()) {
            return connection.ofThisThread();
        }
        if (System.nanoTime() - nextAttemptNanos < 0) {
            throw new SpeedUnavailableException(
                    "Redis at %s was not reachable a moment ago".formatted(config.redis()), null);
        }
        try {
            if (connection != null) {
                connection.close();
            }
            connection = connections.open();
            open = connection;
            return connection.ofThisThread();
        } catch (RedisException e) {
            nextAttemptNanos = System.nanoTime() + RETRY_DELAY.toNanos();
            throw new SpeedUnavailableException("Cannot connect to Redis at %s".formatted(config.redis()), e);
        }
    }

    private <T> T await(CompletableFuture<T> reply) {
        try {
            return reply.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new SpeedUnavailableException("Cannot read from Redis at %s".formatted(config.redis()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SpeedUnavailableException("Interrupted while reading from Redis", e);
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
        }
        connections.close();
    }
}
