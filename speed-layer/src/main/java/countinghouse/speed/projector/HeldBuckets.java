package countinghouse.speed.projector;

import java.util.OptionalLong;

/**
 * From which bucket on Redis holds the rows. Readers must know before rows are deleted, so a tombstone raises the floor as well: after
 * compaction it may come without the floor entry that it belongs to.
 */
final class HeldBuckets {
    private static final long NOTHING_DROPPED = 0;

    private final StateWords words;
    private final VideoIndex videos;
    private final ProjectorState state;
    private long floorMs;
    private long oldestMs;

    HeldBuckets(StateWords words, VideoIndex videos, ProjectorState state) {
        this.words = words;
        this.videos = videos;
        this.state = state;
        floorMs = words.floorMs();
        oldestMs = words.oldestBucketMs().orElse(Long.MAX_VALUE);
        tell();
    }

    /** Takes note of a batch, before it is written. */
    void before(RowBatch batch) {
        OptionalLong raised = batch.floorMs();
        if (raised.isPresent() && raised.getAsLong() > floorMs) {
            words.raiseFloor(raised.getAsLong());
            floorMs = raised.getAsLong();
            videos.dropBelow(floorMs);
            tell();
        }
        if (batch.oldestBucketMs() < oldestMs) {
            oldestMs = batch.oldestBucketMs();
            words.recordOldestBucket(oldestMs);
            tell();
        }
    }

    private void tell() {
        state.oldestBucket(floorMs == NOTHING_DROPPED ? oldestMs : floorMs);
    }
}
