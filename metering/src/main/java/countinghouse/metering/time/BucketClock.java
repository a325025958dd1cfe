package countinghouse.metering.time;

import java.time.Duration;

/**
 * The ingest buckets of one partition: the running maximum of append times, truncated to the width. The running maximum makes buckets
 * non-decreasing along the offsets even when a leader change steps the broker's clock back.
 */
public final class BucketClock {
    /** The running maximum before the first record. */
    public static final long START = Long.MIN_VALUE;

    private final long widthMs;
    private long runningMaximumMs;

    /** A clock that goes on from a stored running maximum, or {@link #START}. */
    public BucketClock(Duration width, long runningMaximumMs) {
        this.widthMs = width.toMillis();
        this.runningMaximumMs = runningMaximumMs;
    }

    /** Takes the append time of the next record; returns the start in ms of the bucket the record lies in. */
    public long advance(long appendTimeMs) {
        runningMaximumMs = Math.max(runningMaximumMs, appendTimeMs);
        return bucketMs();
    }

    /** Start in ms of the bucket that the last record lies in; meaningless before the first. */
    public long bucketMs() {
        return startOf(runningMaximumMs, widthMs);
    }

    public long runningMaximumMs() {
        return runningMaximumMs;
    }

    /** Start in ms of the bucket that an instant lies in. */
    public static long startOf(long instantMs, long widthMs) {
        return instantMs - Math.floorMod(instantMs, widthMs);
    }
}
