package countinghouse.serving.batchview;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The served generation, re-read in the background. While PostgreSQL is down the last one known stays: its counts and its
 * {@code closedThrough} belong together for ever, so an old generation is less fresh but never wrong.
 */
public final class GenerationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationWatch.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PublishedPointer pointer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "generation-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Generation known;
    private volatile boolean failing;
    private volatile long readingSinceNanos;

    public GenerationWatch(PublishedPointer pointer, Duration interval) {
        this.pointer = pointer;
        var unused = timer.scheduleWithFixedDelay(this::refreshQuietly, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The served generation as last read; reads it now if it was never read.
     *
     * @throws BatchUnavailableException if it was never read and cannot be
     */
    public Generation current() {
        Generation generation = known;
        return generation == null ? refresh() : generation;
    }

    /** The served generation as last read, without asking anybody; empty if it was never read. */
    public Optional<Generation> known() {
        return Optional.ofNullable(known);
    }

    /**
     * Reads the pointer now.
     *
     * @throws BatchUnavailableException if PostgreSQL cannot be asked
     */
    public Generation refresh() {
        Generation generation = pointer.read();
        failing = false;
        known = generation;
        return generation;
    }

    /** What is wrong with the pointer, for readiness; empty if nothing is. */
    public Optional<String> complaint() {
        return isDown() || known == null
                ? Optional.of("the pointer of published counts cannot be read")
                : Optional.empty();
    }

    /**
     * Refuses at once what would wait for a database that is known to be down: the threads are needed for what is cached.
     *
     * @throws BatchUnavailableException if the last attempt to read the pointer failed
     */
    public void requireReachable() {
        if (isDown()) {
            throw new BatchUnavailableException("PostgreSQL did not answer a moment ago", null);
        }
    }

    /** Whether the database is not known to be down. */
    boolean isReachable() {
        return !isDown();
    }

    /** A database that is stopped, not ended, answers nothing: a read that takes too long says so before it fails. */
    private boolean isDown() {
        long since = readingSinceNanos;
        return failing || (since != 0 && System.nanoTime() - since > PATIENCE.toNanos());
    }

    private void refreshQuietly() {
        readingSinceNanos = System.nanoTime() | 1;
        try {
            Generation before = known;
            Generation now = refresh();
            if (!now.equals(before)) {
                LOG.info("Serving generation {}", now);
            }
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warn("Cannot re-read the served generation; keeping {}: {}", known, String.valueOf(e.getCause()));
            }
            failing = true;
        } finally {
            readingSinceNanos = 0;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
