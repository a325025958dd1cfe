package countinghouse.speed.process;

import countinghouse.kit.config.CountingConfig;
import countinghouse.schemas.registry.SchemaRegistry;
import countinghouse.speed.topology.SpeedMetrics;
import countinghouse.speed.topology.SpeedTopology;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running Streams application: events in, absolute count rows out. */
public final class SpeedApplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpeedApplication.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    /** Between two attempts, so that a dependency that is down for long does not keep the threads restarting. */
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final KafkaStreams streams;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private SpeedApplication(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Starts counting; returns before the state is restored ({@link #problem()} tells when it is). */
    public static SpeedApplication start(
            String bootstrapServers,
            SpeedConfig config,
            CountingConfig counting,
            SchemaRegistry registry,
            MeterRegistry metrics) {
        KafkaStreams streams = new KafkaStreams(
                SpeedTopology.of(counting, registry, new SpeedMetrics(metrics)),
                StreamsProperties.of(bootstrapServers, config));
        SpeedApplication application = new SpeedApplication(streams);
        streams.setUncaughtExceptionHandler(application::replaceThread);
        streams.start();
        return application;
    }

    /** Nothing that was not committed is in the state of the thread that takes over, so starting again is always safe. */
    private StreamThreadExceptionResponse replaceThread(Throwable failure) {
        LOG.error("The counting stopped; it starts again from its last commit", failure);
        try {
            if (stopping.await(RESTART_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Why it is not counting at the moment; empty if it is. */
    public Optional<String> problem() {
        State state = streams.state();
        return state == State.RUNNING ? Optional.empty() : Optional.of("Kafka Streams is " + state);
    }

    @Override
    public void close() {
        stopping.countDown();
        if (!streams.close(CLOSE_TIMEOUT)) {
            LOG.warn(
                    "Kafka Streams did not stop within {}; what is not committed is counted after the next start",
                    CLOSE_TIMEOUT);
        }
    }
}
