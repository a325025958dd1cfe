package countinghouse.speed.projector;

import countinghouse.metering.meter.MeterCatalog;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/** Sweeps once per interval, as long as the projector itself is well; with connections of its own. */
final class Sweeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final ProjectorConfig config;
    private final MeterCatalog meters;
    private final ProjectorState state;
    private final ProjectorMetrics metrics;
    private final CountDownLatch stopping;
    private final Set<String> emptyAccounts = new HashSet<>();

    Sweeper(
            ProjectorConfig config,
            MeterCatalog meters,
            ProjectorState state,
            ProjectorMetrics metrics,
            CountDownLatch stopping) {
        this.config = config;
        this.meters = meters;
        this.state = state;
        this.metrics = metrics;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            while (!stopping.await(config.sweepInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                sweepIfWell();
            }
        } catch (InterruptedException e) {
            LOG.debug("The sweep stopped", e);
        }
    }

    private void sweepIfWell() throws InterruptedException {
        if (state.problem().isPresent()) {
            return;
        }
        long epoch = state.epoch();
        try (CountsTopic topic = CountsTopic.open(config.bootstrapServers(), epoch);
                EpochInRedis redis = EpochInRedis.connect(config.redis(), meters, epoch)) {
            Sweep sweep = new Sweep(topic, redis, this::found, config.sweepRest(), () -> stopping.getCount() == 0);
            long differences = sweep.run();
            metrics.swept(differences);
            if (differences > 0) {
                LOG.error("Redis differed from the counts topic in {} rows; they are repaired", differences);
            }
        } catch (JedisException | KafkaException | RowsLostException e) {
            LOG.warn("The sweep did not finish: {}; it starts again in {}", e.getMessage(), config.sweepInterval());
        }
    }

    private void found(Set<String> accounts) {
        synchronized (emptyAccounts) {
            emptyAccounts.addAll(accounts);
        }
    }

    /** Accounts that had no rows, found since the last call. */
    Optional<Set<String>> emptyAccounts() {
        synchronized (emptyAccounts) {
            if (emptyAccounts.isEmpty()) {
                return Optional.empty();
            }
            Set<String> found = Set.copyOf(emptyAccounts);
            emptyAccounts.clear();
            return Optional.of(found);
        }
    }
}
