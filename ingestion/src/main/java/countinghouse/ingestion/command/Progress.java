package countinghouse.ingestion.command;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Tells how far a command is, on standard error, once a second at most. */
final class Progress implements LongConsumer {
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final PrintWriter out;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime() + INTERVAL_NANOS);

    Progress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(long events) {
        long next = nextNanos.get();
        long now = System.nanoTime();
        if (now - next >= 0 && nextNanos.compareAndSet(next, now + INTERVAL_NANOS)) {
            out.printf("%,d events sent%n", events);
            out.flush();
        }
    }
}
