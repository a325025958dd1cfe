package countinghouse.speed.projector;

import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The rows in Redis, over one connection that never reconnects by itself: whoever loses the connection must suppose that Redis lost
 * data, and start over.
 */
final class RedisRows implements AutoCloseable {
    /** Until the projector learns to rebuild beside the rows in use, there is one epoch. */
    static final long EPOCH = 1;

    private static final String RUN_ID_FIELD = "run-id";
    private static final String EVERYTHING_HELD = "0";
    private static final String SCRIPT = "merge-rows.lua";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_ROWS_PER_CALL = 500;

    private final Jedis redis;
    private final String script;
    private final String runId;
    private final Set<String> knownAccounts = new HashSet<>();

    private RedisRows(Jedis redis) {
        this.redis = redis;
        this.script = redis.scriptLoad(scriptText());
        this.runId = runIdOf(redis.info("server"));
    }

    /**
     * Connects to Redis.
     *
     * @throws JedisException as every method does, if Redis does not answer or refuses
     */
    static RedisRows connect(URI url) {
        Jedis redis = new Jedis(url, (int) TIMEOUT.toMillis());
        try {
            RedisRows rows = new RedisRows(redis);
            redis.setnx(RedisKeys.EPOCH, Long.toString(EPOCH));
            redis.setnx(RedisKeys.SPEED_FLOOR, EVERYTHING_HELD);
            return rows;
        } catch (JedisException e) {
            redis.close();
            throw e;
        }
    }

    /** Where to go on in the counts topic; empty if these rows are not known to hold all that lies before. */
    Optional<Map<TopicPartition, Long>> storedOffsets() {
        Map<String, String> stored = redis.hgetAll(RedisKeys.projector(EPOCH));
        if (!runId.equals(stored.remove(RUN_ID_FIELD)) || stored.isEmpty()) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        stored.forEach((partition, offset) -> offsets.put(
                new TopicPartition(Topics.USAGE_COUNTS, Integer.parseInt(partition)), Long.valueOf(offset)));
        return Optional.of(offsets);
    }

    /** Whether Redis says that its rows are complete; a Redis that lost its data does not. */
    boolean isLive() {
        return RedisKeys.STATE_LIVE.equals(redis.get(RedisKeys.STATE));
    }

    void sayLive() {
        redis.set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
    }

    void sayRebuilding(int percent) {
        redis.set(RedisKeys.STATE, RedisKeys.STATE_REBUILDING + "|" + percent);
    }

    /** Forgets how far the rows reach, before they are written from the beginning again. */
    void forgetOffsets() {
        redis.del(RedisKeys.projector(EPOCH));
    }

    /** Writes the rows; when it returns, Redis holds them. */
    void write(RowBatch batch) {
        Pipeline pipeline = redis.pipelined();
        // Accounts first: a reader that finds an account must find its rows a moment later, not the other way round.
        Set<String> newAccounts = new HashSet<>(batch.accounts());
        newAccounts.removeAll(knownAccounts);
        if (!newAccounts.isEmpty()) {
            pipeline.sadd(RedisKeys.accounts(EPOCH), newAccounts.toArray(String[]::new));
        }
        batch.rows().forEach((hash, rows) -> {
            String key = RedisKeys.rows(hash.account(), hash.meter(), EPOCH);
            inCalls(rows).forEach(arguments -> pipeline.evalsha(script, List.of(key), arguments));
        });
        complete(pipeline);
        knownAccounts.addAll(newAccounts);
    }

    /** Records how far the rows reach; only after {@link #write} returned. */
    void record(Map<TopicPartition, Progress> progress, Map<TopicPartition, Long> nextOffsets) {
        Pipeline pipeline = redis.pipelined();
        if (!progress.isEmpty()) {
            Map<String, String> fields = new HashMap<>();
            progress.forEach((source, reached) ->
                    fields.put(source.toString(), reached.nextOffset() + "|" + reached.runningMaximumMs()));
            pipeline.hset(RedisKeys.progress(EPOCH), fields);
        }
        Map<String, String> offsets = new HashMap<>();
        nextOffsets.forEach(
                (partition, offset) -> offsets.put(Integer.toString(partition.partition()), Long.toString(offset)));
        offsets.put(RUN_ID_FIELD, runId);
        pipeline.hset(RedisKeys.projector(EPOCH), offsets);
        complete(pipeline);
    }

    void announce(List<String> hints) {
        Pipeline pipeline = redis.pipelined();
        hints.forEach(hint -> pipeline.publish(RedisKeys.LIVE_CHANNEL, hint));
        complete(pipeline);
    }

    private static List<List<String>> inCalls(Map<String, String> rows) {
        List<List<String>> calls = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (Map.Entry<String, String> row : rows.entrySet()) {
            arguments.add(row.getKey());
            arguments.add(row.getValue());
            if (arguments.size() == 2 * MAX_ROWS_PER_CALL) {
                calls.add(arguments);
                arguments = new ArrayList<>();
            }
        }
        if (!arguments.isEmpty()) {
            calls.add(arguments);
        }
        return calls;
    }

    /** A pipeline hands refusals back as values among the others; one of them fails the whole. */
    private static void complete(Pipeline pipeline) {
        for (Object reply : pipeline.syncAndReturnAll()) {
            if (reply instanceof JedisException refusal) {
                throw refusal;
            }
        }
    }

    private static String runIdOf(String info) {
        return info.lines()
                .filter(line -> line.startsWith("run_id:"))
                .map(line -> line.substring("run_id:".length()).trim())
                .findFirst()
                .orElseThrow(() -> new JedisException("Redis does not tell its run_id"));
    }

    private static String scriptText() {
        try (InputStream text = RedisRows.class.getResourceAsStream(SCRIPT)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
