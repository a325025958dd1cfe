package countinghouse.bench.speed.peer;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * A peer's counts in Redis: absolute values, so that writing one again does no harm, sent in pipelines. Progress follows the rows it covers.
 * Not thread-safe.
 */
public final class RedisCounts implements AutoCloseable {
    /** A longer pipeline would only hold more replies in memory. */
    private static final int MAX_PIPELINE = 5_000;

    private final Jedis redis;
    private final String writer;
    private final Map<Row, Long> written = new HashMap<>();
    private final Map<Row, Long> changed = new HashMap<>();
    private long visible;

    /**
     * Connects.
     *
     * @param writer name of this writer among those of the peer
     */
    public RedisCounts(URI url, String writer) {
        this.redis = RedisConnection.open(url);
        this.writer = writer;
    }

    /** Takes a row's newest count; it becomes visible with the next {@link #flush}. */
    public void put(Row row, long count) {
        changed.put(row, count);
    }

    /** Whether something waits to be flushed. */
    public boolean isDirty() {
        return !changed.isEmpty();
    }

    /** Makes everything taken so far visible; returns when Redis has it. */
    public void flush() {
        if (changed.isEmpty()) {
            return;
        }
        Pipeline pipeline = redis.pipelined();
        int queued = 0;
        for (Map.Entry<Row, Long> row : changed.entrySet()) {
            Row key = row.getKey();
            pipeline.hset(
                    PeerKeys.rows(key.account()),
                    Long.toString(key.cellMs()),
                    row.getValue().toString());
            Long before = written.put(key, row.getValue());
            visible += row.getValue() - (before == null ? 0 : before);
            if (++queued % MAX_PIPELINE == 0) {
                pipeline.sync();
            }
        }
        pipeline.sync();
        changed.clear();
        redis.hset(PeerKeys.PROGRESS, writer, Long.toString(visible));
    }

    @Override
    public void close() {
        redis.close();
    }
}
