package countinghouse.speed.process;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.registry.SchemaRegistry;
import countinghouse.speed.epoch.ArchivedEnds;
import countinghouse.speed.epoch.Epoch;
import countinghouse.speed.epoch.Epochs;
import countinghouse.speed.lag.EventLagGauges;
import countinghouse.speed.topology.MeteredAmounts;
import countinghouse.speed.topology.SpeedMetrics;
import countinghouse.speed.topology.SpeedTopology;
import countinghouse.speed.transactions.TransactionMetrics;
import countinghouse.speed.transactions.TransactionRepair;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running Streams application: events in, absolute count rows out. A thread of its own starts the Streams client, watches it, and starts a new
 * one when it fails or when the epoch rises. It never replaces single threads: a new thread would have a new static membership, and the
 * partitions would wait for the session of the old one to end.
 */
public final class SpeedApplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpeedApplication.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    /** Between two attempts, so that a dependency that is down for long does not keep the client restarting. */
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final SpeedConfig config;
    private final Supplier<Topology> topology;
    private final Epochs epochs;
    private final TransactionMetrics transactions;
    private final EventLagGauges lag;
    private final Semaphore wake = new Semaphore(0);
    private final Thread supervisor = new Thread(this::supervise, "speed-supervisor");

    private volatile boolean stopping;
    private volatile boolean failed;
    private volatile KafkaStreams client;
    private volatile String trouble = "starting";

    private SpeedApplication(
            String bootstrapServers,
            SpeedConfig config,
            Supplier<Topology> topology,
            Epochs epochs,
            MeterRegistry metrics) {
        this.bootstrapServers = bootstrapServers;
        this.config = config;
        this.topology = topology;
        this.epochs = epochs;
        this.transactions = new TransactionMetrics(metrics);
        this.lag = new EventLagGauges(metrics, Clock.systemUTC());
    }

    /** Starts counting; returns before the state is restored ({@link #problem()} tells when it is). */
    public static SpeedApplication start(
            String bootstrapServers,
            SpeedConfig config,
            CountingConfig counting,
            CountingSchedule schedule,
            SchemaRegistry registry,
            ArchivedEnds archive,
            MeterRegistry metrics,
            MeteredAmounts amounts,
            Tracing tracing) {
        return start(
                bootstrapServers,
                config,
                counting,
                () -> SpeedTopology.of(
                        counting,
                        schedule,
                        registry,
                        config.dedupMemory(),
                        new SpeedMetrics(metrics),
                        amounts,
                        tracing),
                archive,
                metrics);
    }

    /** Starts a topology with the same guarantees; it is asked for again whenever the client is started anew. */
    public static SpeedApplication start(
            String bootstrapServers,
            SpeedConfig config,
            CountingConfig counting,
            Supplier<Topology> topology,
            ArchivedEnds archive,
            MeterRegistry metrics) {
        Epochs epochs = new Epochs(bootstrapServers, counting, archive);
        SpeedApplication application = new SpeedApplication(bootstrapServers, config, topology, epochs, metrics);
        Gauge.builder(
                        "countinghouse.speed.counting",
                        application,
                        self -> self.problem().isEmpty() ? 1 : 0)
                .description("1 while events are counted; 0 while it starts, restores, rebalances or has failed")
                .register(metrics);
        application.supervisor.start();
        return application;
    }

    private void supervise() {
        while (!stopping) {
            try (Admin admin = Admin.create(
                    Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
                countUntilSomethingHappens(admin);
            } catch (ConfigurationException e) {
                trouble = e.getMessage();
                LOG.error("The counting refuses to start: {}", e.getMessage());
                return;
            } catch (RuntimeException e) {
                trouble = "It could not start: " + e.getMessage();
                LOG.error("The counting could not start; trying again in {}", RESTART_PAUSE, e);
            }
            await(RESTART_PAUSE);
        }
    }

    private void countUntilSomethingHappens(Admin admin) {
        Epoch epoch = epochs.enter(admin);
        TransactionRepair repair = new TransactionRepair(admin, epoch.applicationId(), epoch.topics(), transactions);
        repairBeforeStart(repair);
        Properties properties = StreamsProperties.of(bootstrapServers, epoch.applicationId(), config);
        failed = false;
        client = new KafkaStreams(topology.get(), properties);
        try {
            RestoreLog restores = new RestoreLog();
            client.setGlobalStateRestoreListener(restores);
            client.setStandbyUpdateListener(restores);
            client.setUncaughtExceptionHandler(this::stopClient);
            client.start();
            Duration untilNextLook = WATCH_INTERVAL;
            while (!stopping && !failed && isCurrent(epoch, admin)) {
                await(untilNextLook);
                if (!stopping && !failed) {
                    untilNextLook = repairWhileRunning(repair) ? RESTART_PAUSE : WATCH_INTERVAL;
                    lag.look(admin, epoch.applicationId());
                }
            }
        } finally {
            close(client);
        }
    }

    /** Restoring waits for every open transaction, so those of dead predecessors are ended first. */
    private void repairBeforeStart(TransactionRepair repair) {
        if (repair.look(config.instanceId())) {
            await(RESTART_PAUSE);
            repair.look(config.instanceId());
        }
    }

    /** Whether something is suspected, whose partitions wait until the next look confirms it. */
    private static boolean repairWhileRunning(TransactionRepair repair) {
        try {
            return repair.look(null);
        } catch (RuntimeException e) {
            LOG.warn("Cannot look for hanging transactions now: {}", e.getMessage());
            return false;
        }
    }

    private boolean isCurrent(Epoch epoch, Admin admin) {
        try {
            return epochs.isCurrent(epoch, admin);
        } catch (RuntimeException e) {
            LOG.warn("Cannot look up the current epoch now: {}", e.getMessage());
            return true;
        }
    }

    /** Nothing that was not committed is in the state of the client that takes over, so starting again is always safe. */
    private StreamThreadExceptionResponse stopClient(Throwable failure) {
        LOG.error("The counting stopped; it starts again from its last commit", failure);
        trouble = "It stopped: " + failure.getMessage();
        failed = true;
        wake.release();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void await(Duration duration) {
        try {
            if (wake.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    private static void close(KafkaStreams client) {
        if (!client.close(CLOSE_TIMEOUT)) {
            LOG.warn(
                    "Kafka Streams did not stop within {}; what is not committed is counted after the next start",
                    CLOSE_TIMEOUT);
        }
    }

    /** Why it is not counting at the moment; empty if it is. */
    public Optional<String> problem() {
        KafkaStreams current = client;
        if (current == null || failed) {
            return Optional.of(trouble);
        }
        State state = current.state();
        return state == State.RUNNING ? Optional.empty() : Optional.of("Kafka Streams is " + state);
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        wake.release();
        supervisor.join(2 * CLOSE_TIMEOUT.toMillis());
    }
}
