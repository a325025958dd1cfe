package countinghouse.ingestion.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps a sender at a rate by the clock since its start, so that a slow answer is caught up with. */
final class Pace {
    private final double eventsPerSecond;
    private final long startNanos = System.nanoTime();
    private long sent;

    /** A pace; 0 means as fast as possible. */
    Pace(double eventsPerSecond) {
        this.eventsPerSecond = eventsPerSecond;
    }

    /** Waits until that many more events may be sent. */
    void await(int events) {
        if (eventsPerSecond > 0) {
            long dueNanos = startNanos + (long) (sent / eventsPerSecond * TimeUnit.SECONDS.toNanos(1));
            for (long left = dueNanos - System.nanoTime();
                    left > 0 && !Thread.currentThread().isInterrupted();
                    left = dueNanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        sent += events;
    }
}
