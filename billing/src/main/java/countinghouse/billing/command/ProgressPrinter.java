package countinghouse.billing.command;

import countinghouse.billing.Progress;
import java.io.PrintWriter;
import java.time.Duration;

/** Tells the user how far a long run is, every few seconds at most. */
final class ProgressPrinter implements Progress {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(3).toNanos();

    private final PrintWriter err;
    private long lastNanos = System.nanoTime();

    ProgressPrinter(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void reached(String step, long done) {
        long now = System.nanoTime();
        if (now - lastNanos >= INTERVAL_NANOS) {
            lastNanos = now;
            err.println("%s: %,d done".formatted(step, done));
            err.flush();
        }
    }
}
