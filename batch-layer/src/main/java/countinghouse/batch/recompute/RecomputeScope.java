package countinghouse.batch.recompute;

import java.util.List;
import java.util.Optional;

/**
 * What a caller wants recomputed beyond what has changed.
 *
 * @param also ingest days
 * @param backfill meters that get a past; implies every day
 */
public record RecomputeScope(Optional<DayRange> also, List<String> backfill) {
    /** What has changed, and nothing else. */
    public static final RecomputeScope CHANGES = new RecomputeScope(Optional.empty(), List.of());
}
