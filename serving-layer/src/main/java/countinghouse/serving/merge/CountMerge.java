package countinghouse.serving.merge;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Dimensions;
import countinghouse.serving.batchview.BatchRow;
import countinghouse.serving.speedview.SpeedRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds rows of both layers up into the groups and windows of one query. */
final class CountMerge {
    private static final long ONE_WINDOW = 0;
    private static final Comparator<CountGroup> BY_NAME = Comparator.comparing(
                    CountGroup::account, Comparator.nullsFirst(Comparator.<String>naturalOrder()))
            .thenComparing(group -> group.dimensions().toString());
    private static final Comparator<CountGroup> BY_WINDOW =
            Comparator.comparingLong(CountGroup::startMs).thenComparing(BY_NAME);

    private final CountQuery query;
    private final Aggregation aggregation;
    private final long closedThroughMs;
    private final boolean byAccount;
    private final List<String> dimensions;
    private final Map<GroupKey, Group> groups = new HashMap<>();
    private final Map<String, Map<String, String>> parsed = new HashMap<>();

    private record GroupKey(String account, List<String> dimensionValues, long windowMs) {}

    private static final class Group {
        private MergedValue count = MergedValue.NONE;
        private long firstCellMs = Long.MAX_VALUE;
        private long lastCellMs = Long.MIN_VALUE;

        private void cover(long first, long last) {
            firstCellMs = Math.min(firstCellMs, first);
            lastCellMs = Math.max(lastCellMs, last);
        }
    }

    CountMerge(CountQuery query, long closedThroughMs) {
        this.query = query;
        this.aggregation = query.meter().aggregation();
        this.closedThroughMs = closedThroughMs;
        this.byAccount = query.groupBy().contains(CountQuery.SUBJECT);
        this.dimensions = query.groupBy().isEmpty()
                ? List.of()
                : query.groupBy().stream()
                        .filter(name -> !name.equals(CountQuery.SUBJECT))
                        .toList();
    }

    /** Adds a row that the query already selected. */
    void addBatch(BatchRow row) {
        Group group = group(row.account(), row.dimensions(), row.firstCellMs());
        group.count = group.count.plusBatch(aggregation, row.measure(), row.n());
        group.cover(row.firstCellMs(), row.lastCellMs());
    }

    /** Adds those of an account's rows that lie in the query and not in the generation. */
    void addSpeed(String account, List<SpeedRow> rows) {
        for (SpeedRow row : rows) {
            if (row.bucketMs() >= closedThroughMs && query.range().contains(row.cellMs()) && isWanted(row)) {
                Group group = group(account, row.dimensions(), row.cellMs());
                group.count = group.count.plusSpeed(aggregation, row.measure(), row.n());
                group.cover(row.cellMs(), row.lastCellMs());
            }
        }
    }

    /** Whether any live count is in the answer. */
    boolean hasSpeed() {
        for (Group group : groups.values()) {
            if (group.count.speed() != null) {
                return true;
            }
        }
        return false;
    }

    CountAnswer answer(Freshness freshness) {
        MergedValue total = MergedValue.NONE;
        List<CountGroup> merged = new ArrayList<>();
        for (Map.Entry<GroupKey, Group> entry : groups.entrySet()) {
            total = total.plus(aggregation, entry.getValue().count);
            merged.add(result(entry.getKey(), entry.getValue()));
        }
        // Without windows, groups begin with whatever was counted of them first, which orders nothing.
        merged.sort(query.windows() == null ? BY_NAME : BY_WINDOW);
        return new CountAnswer(freshness, total, merged);
    }

    private CountGroup result(GroupKey key, Group group) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int index = 0; index < dimensions.size(); index++) {
            named.put(dimensions.get(index), key.dimensionValues.get(index));
        }
        if (query.windows() != null) {
            return new CountGroup(
                    key.account, named, key.windowMs, query.windows().endOf(key.windowMs), group.count);
        }
        long startMs = query.range().hasStart() ? query.range().fromMs() : group.firstCellMs;
        long endMs = query.range().hasEnd()
                ? query.range().toMs()
                : group.lastCellMs + aggregation.cellWidth().toMillis();
        return new CountGroup(key.account, named, startMs, endMs, group.count);
    }

    private Group group(String account, String rowDimensions, long cellMs) {
        long window = query.windows() == null ? ONE_WINDOW : query.windows().startOf(cellMs);
        List<String> values = dimensions.isEmpty() ? List.of() : values(rowDimensions);
        return groups.computeIfAbsent(new GroupKey(byAccount ? account : null, values, window), absent -> new Group());
    }

    private List<String> values(String rowDimensions) {
        Map<String, String> all = dimensions(rowDimensions);
        List<String> values = new ArrayList<>();
        dimensions.forEach(name -> values.add(all.get(name)));
        return values;
    }

    private boolean isWanted(SpeedRow row) {
        return query.where().isEmpty()
                || query.where().entrySet().stream().allMatch(filter -> {
                    String value = dimensions(row.dimensions()).get(filter.getKey());
                    return value != null && filter.getValue().contains(value);
                });
    }

    private Map<String, String> dimensions(String canonical) {
        return parsed.computeIfAbsent(canonical, Dimensions::parse);
    }
}
