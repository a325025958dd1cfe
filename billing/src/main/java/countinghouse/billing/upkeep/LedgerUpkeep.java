package countinghouse.billing.upkeep;

import countinghouse.billing.BillingException;
import countinghouse.billing.ledger.GenerationRecords;
import countinghouse.billing.ledger.LedgerHead;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.billing.ledger.RootTopic;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger's view of the world current while a process runs: records the publishes and rollbacks of the batch layer, and
 * publishes each new root. What fails is tried again at the next turn.
 */
public final class LedgerUpkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerUpkeep.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final GenerationRecords records;
    private final LedgerReader ledger;
    private final Optional<RootTopic> topic;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "ledger-upkeep");
        thread.setDaemon(true);
        return thread;
    });
    private long publishedNumber;

    /**
     * Starts it.
     *
     * @param topic where roots go; empty if this process knows no Kafka
     * @param interval between two turns
     */
    public LedgerUpkeep(GenerationRecords records, LedgerReader ledger, Optional<RootTopic> topic, Duration interval) {
        this.records = records;
        this.ledger = ledger;
        this.topic = topic;
        // Its turns never throw, and it ends with the timer.
        Future<?> unused = timer.scheduleWithFixedDelay(this::turn, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() {
        try {
            records.record();
            LedgerHead head = ledger.head();
            if (topic.isPresent() && head.number() > publishedNumber) {
                topic.get().publish(head);
                publishedNumber = head.number();
            }
        } catch (JdbiException | BillingException e) {
            LOG.warn("The audit ledger's upkeep failed and is tried again", e);
        } catch (RuntimeException e) {
            // An exception that escaped would end the timer without a word.
            LOG.error("The audit ledger's upkeep failed unexpectedly", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The audit ledger's upkeep did not end within {}", PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
