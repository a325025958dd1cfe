package countinghouse.speed.counts;

import countinghouse.metering.time.BucketClock;
import java.time.Duration;

/** How far one source partition is counted, and which bucket its next record lies in. */
final class SourceClock {
    private static final long FIRST_OFFSET = 0;

    private final BucketClock clock;
    private long nextOffset;

    private SourceClock(Duration bucketWidth, Progress progress) {
        this.clock = new BucketClock(bucketWidth, progress.runningMaximumMs());
        this.nextOffset = progress.nextOffset();
    }

    static SourceClock atStart(Duration bucketWidth) {
        return new SourceClock(bucketWidth, new Progress(FIRST_OFFSET, BucketClock.START));
    }

    static SourceClock from(Duration bucketWidth, Progress progress) {
        return new SourceClock(bucketWidth, progress);
    }

    boolean hasPassed(long offset) {
        return offset < nextOffset;
    }

    /** Records between the last one passed and this one; event topics have no gaps of their own. */
    long missingBefore(long offset) {
        return Math.max(0, offset - nextOffset);
    }

    /** Passes a record; returns the start in ms of its ingest bucket. */
    long pass(long offset, long appendTimeMs) {
        nextOffset = offset + 1;
        return clock.advance(appendTimeMs);
    }

    /** Start in ms of the bucket that the last record lies in. */
    long bucketMs() {
        return clock.bucketMs();
    }

    Progress progress() {
        return new Progress(nextOffset, clock.runningMaximumMs());
    }
}
