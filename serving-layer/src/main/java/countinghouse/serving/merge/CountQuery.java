package countinghouse.serving.merge;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.scope.TimeRange;
import countinghouse.serving.window.Windows;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question to {@link MergedCounts}. Start from {@link #total} and narrow it.
 *
 * @param meter what is counted
 * @param accounts whose counts
 * @param range event time; its ends lie on cell boundaries, and on window boundaries if there are windows
 * @param windows null for one window over the whole range
 * @param groupBy {@link #SUBJECT} and dimensions of the meter
 * @param where dimension to admitted values
 * @param minGeneration the answer must come from this generation or a later one; 0 for any
 */
public record CountQuery(
        Meter meter,
        Accounts accounts,
        TimeRange range,
        Windows windows,
        List<String> groupBy,
        Map<String, Set<String>> where,
        long minGeneration) {
    /** The account, as OpenMeter names it in {@code groupBy}. */
    public static final String SUBJECT = "subject";

    public CountQuery {
        groupBy = List.copyOf(groupBy);
        where = Map.copyOf(where);
    }

    /** Everything ever counted by a meter, over all accounts. */
    public static CountQuery total(Meter meter) {
        return new CountQuery(meter, Accounts.ALL, TimeRange.ALL, null, List.of(), Map.of(), 0);
    }

    /** Whether sums per account and ingest bucket are enough to answer it. */
    boolean needsTotalsOnly() {
        return meter.aggregation() != Aggregation.UNIQUE_COUNT
                && range.equals(TimeRange.ALL)
                && windows == null
                && where.isEmpty()
                && (groupBy.isEmpty() || groupBy.stream().allMatch(SUBJECT::equals));
    }

    public CountQuery of(Accounts newAccounts) {
        return new CountQuery(meter, newAccounts, range, windows, groupBy, where, minGeneration);
    }

    public CountQuery within(TimeRange newRange) {
        return new CountQuery(meter, accounts, newRange, windows, groupBy, where, minGeneration);
    }

    public CountQuery windowed(Windows newWindows) {
        return new CountQuery(meter, accounts, range, newWindows, groupBy, where, minGeneration);
    }

    public CountQuery groupedBy(List<String> newGroupBy) {
        return new CountQuery(meter, accounts, range, windows, newGroupBy, where, minGeneration);
    }

    public CountQuery where(Map<String, Set<String>> newWhere) {
        return new CountQuery(meter, accounts, range, windows, groupBy, newWhere, minGeneration);
    }

    public CountQuery atLeast(long generation) {
        return new CountQuery(meter, accounts, range, windows, groupBy, where, generation);
    }
}
