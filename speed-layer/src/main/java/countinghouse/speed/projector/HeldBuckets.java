package countinghouse.speed.projector;

import java.util.OptionalLong;

/**
 * From which bucket on Redis holds the rows. Readers must know before rows are deleted, so a tombstone raises the floor as well: after
 * compaction it may come without the floor entry that it belongs to.
 */
final class HeldBuckets {
    private static final long NOTHING_DROPPED = 0;

    private final RedisRows redis;
    private final ProjectorState state;
    private long floorMs;
    private long oldestMs;

    HeldBuckets(RedisRows redis, ProjectorState state) {
        this.redis = redis;
        this.state = state;
        floorMs = redis.floorMs();
        oldestMs = redis.oldestBucketMs().orElse(Long.MAX_VALUE);
        tell();
    }

    /** Takes note of a batch, before it is written. */
    void before(RowBatch batch) {
        OptionalLong raised = batch.floorMs();
        if (raised.isPresent() && raised.getAsLong() > floorMs) {
            redis.raiseFloor(raised.getAsLong());
            floorMs = raised.getAsLong();
            tell();
        }
        if (batch.oldestBucketMs() < oldestMs) {
            oldestMs = batch.oldestBucketMs();
            redis.recordOldestBucket(oldestMs);
            tell();
        }
    }

    private void tell() {
        state.oldestBucket(floorMs == NOTHING_DROPPED ? oldestMs : floorMs);
    }
}
