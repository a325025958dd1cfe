package countinghouse.batch.recompute;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ingest days as days since the epoch, half-open. */
public record DayRange(int fromDay, int toDay) implements Serializable {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    /** The days that a range of instants touches. */
    public static DayRange touching(long fromMs, long toMs) {
        return new DayRange((int) Math.floorDiv(fromMs, DAY_MS), (int) Math.floorDiv(toMs - 1, DAY_MS) + 1);
    }

    /** The same days as ranges that neither touch nor overlap. */
    public static List<DayRange> merged(List<DayRange> ranges) {
        List<DayRange> merged = new ArrayList<>();
        for (DayRange range : ranges.stream()
                .sorted(Comparator.comparingInt(DayRange::fromDay))
                .toList()) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).toDay >= range.fromDay) {
                merged.set(last, new DayRange(merged.get(last).fromDay, Math.max(merged.get(last).toDay, range.toDay)));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    public long fromMs() {
        return fromDay * DAY_MS;
    }

    public long toMs() {
        return toDay * DAY_MS;
    }

    /** First day whose records can make a record of these days a duplicate. */
    public int lookBackFrom(long horizonMs) {
        return (int) Math.floorDiv(fromMs() - horizonMs, DAY_MS);
    }
}
