package countinghouse.local.demo;

import countinghouse.metering.time.BucketClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for the end of the ingest bucket that is open now: only then can a batch run close it and count everything sent so far. */
final class BucketEnd {
    private BucketEnd() {}

    static void await(Duration width) {
        long endMs = BucketClock.startOf(System.currentTimeMillis(), width.toMillis()) + width.toMillis();
        for (long leftMs = endMs - System.currentTimeMillis();
                leftMs > 0 && !Thread.currentThread().isInterrupted();
                leftMs = endMs - System.currentTimeMillis()) {
            LockSupport.parkUntil(endMs);
        }
    }
}
