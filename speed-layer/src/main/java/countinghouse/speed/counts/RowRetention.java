package countinghouse.speed.counts;

/** Which speed rows must still be held: those that a generation one can roll back to does not cover. */
@FunctionalInterface
public interface RowRetention {
    /** Start in ms of the oldest bucket whose rows must be held; it never goes back. */
    long oldestHeldBucketMs();

    /** Holds every row for ever. */
    static RowRetention everything() {
        return () -> Long.MIN_VALUE;
    }
}
