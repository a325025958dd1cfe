package countinghouse.speed.projector;

import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.speed.projector.Projection.Start;
import countinghouse.speed.trace.ProjectionSpans;
import io.micrometer.core.instrument.MeterRegistry;
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
 *
 * <p>Beside it, a slow {@link Sweep} looks whether the two really are equal.
 */
public final class Projector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final ProjectorConfig config;
    private final MeterCatalog meters;
    private final Clock clock = Clock.systemUTC();
    private final ProjectorState state = new ProjectorState(clock.millis());
    private final ProjectorMetrics metrics;
    private final ProjectionSpans spans;
    private final CountDownLatch stopping = new CountDownLatch(1);
    /** Used by the projector's own thread alone. */
    private Start nextStart = Start.STORED_OFFSETS;

    private final Thread thread = new Thread(this::run, "projector");
    private final Sweeper sweeper;
    private final Thread sweepThread;

    private Projector(ProjectorConfig config, MeterCatalog meters, MeterRegistry registry, Tracing tracing) {
        this.config = config;
        this.meters = meters;
        this.metrics = new ProjectorMetrics(registry, state, clock);
        this.spans = new ProjectionSpans(tracing);
        this.sweeper = new Sweeper(config, meters, state, metrics, stopping);
        this.sweepThread = new Thread(sweeper, "sweep");
    }

    /**
     * Starts projecting; returns at once, whether or not Kafka and Redis answer.
     *
     * @param meters every meter that may have rows, of whatever version of the configuration
     */
    public static Projector start(ProjectorConfig config, MeterCatalog meters, MeterRegistry metrics, Tracing tracing) {
        Projector projector = new Projector(config, meters, metrics, tracing);
        projector.thread.start();
        projector.sweepThread.start();
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
        try (CurrentEpoch current = new CurrentEpoch(config, clock)) {
            project(current);
        }
    }

    private void project(CurrentEpoch current) {
        long epoch = current.number();
        state.epoch(epoch);
        try (CountsTopic topic = CountsTopic.open(config.bootstrapServers(), epoch);
                EpochInRedis redis = EpochInRedis.connect(config.redis(), meters, epoch)) {
            Projection projection = new Projection(epoch, topic, redis, state, metrics, spans, clock);
            projection.start(nextStart);
            nextStart = Start.STORED_OFFSETS;
            while (!isStopping() && !current.isOver()) {
                projection.step();
                sweeper.emptyAccounts().ifPresent(redis.rows()::forgetEmpty);
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
        sweepThread.join(STOP_TIMEOUT.toMillis());
        if (thread.isAlive()) {
            LOG.warn(
                    "The projector did not stop within {}; what it did not record is written again after a start",
                    STOP_TIMEOUT);
        }
    }
}
