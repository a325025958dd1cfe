package countinghouse.bench.freshness;

import countinghouse.bench.speed.peer.RedisConnection;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import redis.clients.jedis.Jedis;

/**
 * Watches Redis for the progress that the projector writes after the rows it covers: a record is visible when its partition's progress has
 * passed it. Looking every few milliseconds can only overstate the time.
 */
final class Visibility {
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int DIGITS = 3;

    private final List<PartitionArrivals> arrivals;
    private final long fromNs;
    private final Histogram accepted = new Histogram(DIGITS);
    private final Histogram scheduled = new Histogram(DIGITS);

    Visibility(List<PartitionArrivals> arrivals, long fromNs) {
        this.arrivals = arrivals;
        this.fromNs = fromNs;
    }

    /**
     * Looks until a number of records is visible.
     *
     * @throws IllegalStateException if they are not after minutes without any progress
     */
    void watch(URI url, long records) throws InterruptedException {
        try (Jedis redis = RedisConnection.open(url)) {
            long seen = 0;
            long changedNs = System.nanoTime();
            while (seen < records) {
                look(redis);
                long now = arrivals.stream().mapToLong(PartitionArrivals::seen).sum();
                if (now != seen) {
                    seen = now;
                    changedNs = System.nanoTime();
                } else if (System.nanoTime() - changedNs > PATIENCE.toNanos()) {
                    throw new IllegalStateException("Redis shows %d of %d events and no more".formatted(seen, records));
                }
                TimeUnit.NANOSECONDS.sleep(LOOK_INTERVAL.toNanos());
            }
        }
    }

    private void look(Jedis redis) {
        String epoch = redis.get(RedisKeys.EPOCH);
        if (epoch == null) {
            return;
        }
        Map<String, String> progress = redis.hgetAll(RedisKeys.progress(Long.parseLong(epoch)));
        long nowNs = System.nanoTime();
        for (int partition = 0; partition < arrivals.size(); partition++) {
            String reached = progress.get(EventType.TICKET.topic() + "-" + partition);
            if (reached != null) {
                long nextOffset = Long.parseLong(reached.substring(0, reached.indexOf('|')));
                arrivals.get(partition).visible(nextOffset, nowNs, fromNs, accepted, scheduled);
            }
        }
    }

    /** From the broker's acceptance to Redis, in us. */
    Histogram sinceAccepted() {
        return accepted;
    }

    /** From when the event was due to be sent, in us: with whatever held the sender or the broker up. */
    Histogram sinceScheduled() {
        return scheduled;
    }
}
