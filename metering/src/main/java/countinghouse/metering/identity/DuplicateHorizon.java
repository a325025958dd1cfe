package countinghouse.metering.identity;

import java.time.Duration;

/**
 * How far back a record of the same identity makes a record a duplicate, in whole ingest buckets. The distance is counted between
 * buckets, so a verdict depends on the log alone and never on where a run starts.
 */
public record DuplicateHorizon(long horizonMs) {
    /**
     * A horizon for a bucket width.
     *
     * @throws IllegalArgumentException if the horizon is not a whole number of buckets, or none
     */
    public static DuplicateHorizon of(Duration horizon, Duration bucketWidth) {
        long horizonMs = horizon.toMillis();
        long widthMs = bucketWidth.toMillis();
        if (horizonMs < widthMs || horizonMs % widthMs != 0) {
            throw new IllegalArgumentException("The duplicate horizon %s is not a whole number of ingest buckets of %s"
                    .formatted(horizon, bucketWidth));
        }
        return new DuplicateHorizon(horizonMs);
    }

    /** Start of the oldest bucket whose records can make a record of {@code bucket} a duplicate. */
    public long oldestBucketFor(long bucket) {
        return bucket - horizonMs;
    }
}
