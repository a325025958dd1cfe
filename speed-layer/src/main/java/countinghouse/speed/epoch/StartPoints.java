package countinghouse.speed.epoch;

import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.time.BucketClock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Chooses where an epoch begins. A row is exact only if every record of its bucket and of the horizon before it is read, and if the
 * running maximum before the first of them is known; it is known at offset 0 and where an archive commit ended.
 */
final class StartPoints {
    private final List<ArchivedEnd> newestFirst;
    private final OptionalLong oldestNeededMs;
    private final long widthMs;
    private final DuplicateHorizon horizon;

    StartPoints(List<ArchivedEnd> newestFirst, OptionalLong oldestNeededMs, long widthMs, DuplicateHorizon horizon) {
        this.newestFirst = newestFirst;
        this.oldestNeededMs = oldestNeededMs;
        this.widthMs = widthMs;
        this.horizon = horizon;
    }

    /**
     * The start in a partition: the newest that still gives every row readers need; empty for the very beginning.
     *
     * @param beginning offset of the first record that the log still has
     * @throws IllegalStateException if the log has lost its beginning and no archive commit ended within it
     */
    Optional<StartPoint> of(TopicPartition source, long beginning) {
        StartPoint oldest = null;
        for (ArchivedEnd end : newestFirst) {
            Long offset = end.nextOffset().get(source);
            Long maximumMs = end.runningMaximumMs().get(source);
            if (offset == null || maximumMs == null || offset < beginning || offset == 0) {
                continue;
            }
            oldest = new StartPoint(offset, maximumMs, firstExactBucketMs(maximumMs));
            if (oldestNeededMs.isPresent() && oldest.floorMs() <= oldestNeededMs.getAsLong()) {
                return Optional.of(new StartPoint(offset, maximumMs, oldestNeededMs.getAsLong()));
            }
        }
        if (beginning == 0) {
            return Optional.empty();
        }
        if (oldest == null) {
            throw new IllegalStateException(
                    "The log of %s begins at offset %d and no archive commit ended within it, so its running maximum is unknown: run the batch layer, then start again"
                            .formatted(source, beginning));
        }
        return Optional.of(oldest);
    }

    /** The bucket of the running maximum itself was read in part only. */
    private long firstExactBucketMs(long runningMaximumMs) {
        return BucketClock.startOf(runningMaximumMs, widthMs) + widthMs + horizon.horizonMs();
    }
}
