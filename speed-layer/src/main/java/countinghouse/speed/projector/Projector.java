package countinghouse.speed.projector;

import countinghouse.speed.projector.Projection.Start;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Keeps the rows in Redis equal to those on the counts topic. Three cases:
 *
 * <ol>
 *   <li>Redis kept its data: goes on from the offsets stored beside the rows.
 *   <li>Redis was lost, restarted or refused a write: every row is written again from the beginning, and {@code ch:state} says so.
 *   <li>Kafka was lost: goes on from the stored offsets.
 * </ol>
 */
public final class Projector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final String bootstrapServers;
    private final URI redisUrl;
    private final ProjectorState state = new ProjectorState();
    private final Counter rowsWritten;
    private final CountDownLatch stopping = new CountDownLatch(1);
    /** Used by the projector's own thread alone. */
    private Start nextStart = Start.STORED_OFFSETS;

    private final Thread thread = new Thread(this::run, "projector");

    private Projector(String bootstrapServers, URI redisUrl, MeterRegistry metrics) {
        this.bootstrapServers = bootstrapServers;
        this.redisUrl = redisUrl;
        this.rowsWritten = Counter.builder("countinghouse.projector.rows")
                .description("Count rows written to Redis")
                .register(metrics);
        Gauge.builder("countinghouse.projector.lag", state, ProjectorState::lag)
                .description("Records of the counts topic that are not in Redis yet")
                .register(metrics);
    }

    /** Starts projecting; returns at once, whether or not Kafka and Redis answer. */
    public static Projector start(String bootstrapServers, URI redisUrl, MeterRegistry metrics) {
        Projector projector = new Projector(bootstrapServers, redisUrl, metrics);
        projector.thread.start();
        return projector;
    }

    /** Why Redis is not known to hold every row; empty if it is. */
    public Optional<String> problem() {
        return state.problem();
    }

    private void run() {
        while (!isStopping()) {
            try {
                project();
            } catch (JedisException | RowsLostException e) {
                nextStart = Start.BEGINNING;
                retryLater("Redis failed; every row will be written again", e);
            } catch (KafkaException e) {
                retryLater("Kafka failed", e);
            } catch (RuntimeException e) {
                LOG.error("The projector met a state that it does not know; it starts over", e);
                nextStart = Start.BEGINNING;
                retryLater("failed", e);
            }
        }
    }

    private void project() {
        try (CountsTopic topic = CountsTopic.open(bootstrapServers);
                RedisRows redis = RedisRows.connect(redisUrl)) {
            Projection projection = new Projection(topic, redis, state, rowsWritten, Clock.systemUTC());
            projection.start(nextStart);
            nextStart = Start.STORED_OFFSETS;
            while (!isStopping()) {
                projection.step();
            }
        }
    }

    private void retryLater(String what, RuntimeException failure) {
        state.troubled(what + ": " + failure.getMessage());
        LOG.warn("{}: {}; trying again in {}", what, failure.getMessage(), RETRY_INTERVAL);
        try {
            stopping.await(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public void close() throws InterruptedException {
        stopping.countDown();
        thread.join(STOP_TIMEOUT.toMillis());
        if (thread.isAlive()) {
            LOG.warn(
                    "The projector did not stop within {}; what it did not record is written again after a start",
                    STOP_TIMEOUT);
        }
    }
}
