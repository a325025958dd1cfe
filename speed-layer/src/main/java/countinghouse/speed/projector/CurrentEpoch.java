package countinghouse.speed.projector;

import countinghouse.speed.epoch.Epoch;
import countinghouse.speed.epoch.EpochLog;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * The epoch whose rows are projected, and whether a newer one has begun since. The log of epochs is looked at beside the projector: a look takes
 * half a second under load, for which no row would reach a reader.
 */
final class CurrentEpoch implements AutoCloseable {
    private static final long FIRST = 1;
    private static final long LOOK_INTERVAL_MS = Duration.ofSeconds(5).toMillis();

    private final LongSupplier latest;
    private final Clock clock;
    private final ExecutorService looking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "epoch-look");
        thread.setDaemon(true);
        return thread;
    });
    private final long number;
    private CompletableFuture<Long> look;
    private long lookedMs;

    /**
     * Looks the current epoch up.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    CurrentEpoch(ProjectorConfig config, Clock clock) {
        this(
                () -> EpochLog.current(config.bootstrapServers())
                        .map(Epoch::number)
                        .orElse(FIRST),
                clock);
    }

    /** @param latest the number of the newest epoch; may block */
    CurrentEpoch(LongSupplier latest, Clock clock) {
        this.latest = latest;
        this.clock = clock;
        this.number = latest.getAsLong();
        this.look = CompletableFuture.completedFuture(number);
        this.lookedMs = clock.millis();
    }

    long number() {
        return number;
    }

    /**
     * Whether the last look that ended saw a newer one; does not block.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker did not answer that look
     */
    boolean isOver() {
        if (!look.isDone()) {
            return false;
        }
        long newest = newest();
        long nowMs = clock.millis();
        if (newest == number && nowMs - lookedMs >= LOOK_INTERVAL_MS) {
            lookedMs = nowMs;
            look = CompletableFuture.supplyAsync(latest::getAsLong, looking);
        }
        return newest > number;
    }

    private long newest() {
        try {
            return look.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
