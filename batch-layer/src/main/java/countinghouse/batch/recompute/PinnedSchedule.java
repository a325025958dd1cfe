package countinghouse.batch.recompute;

import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import java.io.Serializable;
import java.util.List;

/**
 * A schedule on its way to where it counts.
 *
 * @param documents it is read from
 * @param backfilled meters that count since the beginning
 */
public record PinnedSchedule(CountingDocuments documents, List<String> backfilled) implements Serializable {
    public PinnedSchedule {
        backfilled = List.copyOf(backfilled);
    }

    /** The schedule, read anew. */
    public CountingSchedule open() {
        return CountingSchedule.of(documents).backfilled(backfilled);
    }
}
