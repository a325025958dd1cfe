package countinghouse.speed.projector;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What the projector tells other threads about itself. */
final class ProjectorState {
    private final AtomicReference<String> problem = new AtomicReference<>("starting");
    private final AtomicLong epoch = new AtomicLong();
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong caughtUpMs;
    private final AtomicLong oldestBucketMs = new AtomicLong(Long.MAX_VALUE);

    ProjectorState(long nowMs) {
        caughtUpMs = new AtomicLong(nowMs);
    }

    /** The epoch whose rows are projected. */
    long epoch() {
        return epoch.get();
    }

    void epoch(long number) {
        epoch.set(number);
    }

    void live() {
        problem.set(null);
    }

    void troubled(String what) {
        problem.set(what);
    }

    Optional<String> problem() {
        return Optional.ofNullable(problem.get());
    }

    void lag(long records, long nowMs) {
        lag.set(records);
        if (records == 0) {
            caughtUpMs.set(nowMs);
        }
    }

    long lag() {
        return lag.get();
    }

    /** Seconds since Redis last held all that was committed: no committed row that it lacks is older. */
    double lagSeconds(long nowMs) {
        return lag.get() == 0 && problem.get() == null ? 0 : Math.max(0, nowMs - caughtUpMs.get()) / 1000.0;
    }

    void oldestBucket(long bucketMs) {
        oldestBucketMs.set(bucketMs);
    }

    /** Seconds since the oldest bucket began that is neither archived and published twice nor deleted; 0 while there is none. */
    double oldestBucketAgeSeconds(long nowMs) {
        return Math.max(0, nowMs - oldestBucketMs.get()) / 1000.0;
    }
}
