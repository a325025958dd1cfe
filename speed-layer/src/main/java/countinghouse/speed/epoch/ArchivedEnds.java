package countinghouse.speed.epoch;

import java.util.List;
import java.util.OptionalLong;

/** What the batch layer published of its archive's commits. */
public interface ArchivedEnds {
    /**
     * The ends of every commit that a generation was made from, newest first.
     *
     * @throws RuntimeException if they cannot be read; never an empty list instead
     */
    List<ArchivedEnd> newestFirst();

    /** Start in ms of the oldest bucket that readers need from the speed layer, now and after a rollback; empty if they need all. */
    OptionalLong oldestNeededBucketMs();

    /** A deployment without a batch layer. */
    static ArchivedEnds none() {
        return new ArchivedEnds() {
            @Override
            public List<ArchivedEnd> newestFirst() {
                return List.of();
            }

            @Override
            public OptionalLong oldestNeededBucketMs() {
                return OptionalLong.empty();
            }
        };
    }
}
