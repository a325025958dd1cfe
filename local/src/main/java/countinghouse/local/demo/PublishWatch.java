package countinghouse.local.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Reads the totals without a pause while something else happens: nobody may ever see a total that is not the right one. */
final class PublishWatch {
    private static final int MIN_READS = 20;

    private final LiveTotals totals;

    PublishWatch(LiveTotals totals) {
        this.totals = totals;
    }

    /** What was seen: the smallest and the largest total, and how often it was read. */
    record Seen(BigDecimal min, BigDecimal max, int reads) {}

    /** Reads until the action is over, and at least twenty times. */
    Seen during(Runnable action) {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<List<BigDecimal>> reading = executor.submit(() -> readUntil(over));
            try {
                action.run();
            } finally {
                over.set(true);
            }
            List<BigDecimal> read = reading.get();
            return new Seen(
                    read.stream().min(BigDecimal::compareTo).orElseThrow(),
                    read.stream().max(BigDecimal::compareTo).orElseThrow(),
                    read.size());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while watching the publish", e);
        } finally {
            executor.shutdownNow();
        }
    }

    private List<BigDecimal> readUntil(AtomicBoolean over) {
        List<BigDecimal> read = new ArrayList<>();
        while (!over.get() || read.size() < MIN_READS) {
            read.add(totals.sum());
        }
        return read;
    }
}
