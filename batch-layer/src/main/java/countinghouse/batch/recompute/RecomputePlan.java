package countinghouse.batch.recompute;

import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * Which files each task reads. A task has one ingest day of one partition, so that it holds the identities of a day, however many days
 * are recomputed and however far back it looks.
 */
final class RecomputePlan {
    private final long horizonMs;
    private final List<PartitionFiles> tasks = new ArrayList<>();

    RecomputePlan(long horizonMs) {
        this.horizonMs = horizonMs;
    }

    /** Adds the tasks of some days of a type; {@code history} by partition. */
    void add(EventType type, Table raw, long snapshotId, DayRange days, Map<Integer, HistoryVerdicts> history) {
        Map<Integer, List<DataFile>> byPartition =
                OffsetOrder.files(raw, snapshotId, days.lookBackFrom(horizonMs), days.toDay()).stream()
                        .collect(Collectors.groupingBy(OffsetOrder::partitionOf, TreeMap::new, Collectors.toList()));
        byPartition.forEach((partition, files) -> add(
                type,
                raw,
                partition,
                OffsetOrder.sorted(raw, files),
                days,
                history.getOrDefault(partition, new HistoryVerdicts())));
    }

    List<PartitionFiles> tasks() {
        return List.copyOf(tasks);
    }

    private void add(
            EventType type, Table raw, int partition, List<DataFile> inOrder, DayRange days, HistoryVerdicts history) {
        int from = 0;
        while (from < inOrder.size()) {
            int day = OffsetOrder.dayOf(inOrder.get(from));
            int to = from;
            while (to < inOrder.size() && OffsetOrder.dayOf(inOrder.get(to)) == day) {
                to++;
            }
            if (day >= days.fromDay()) {
                int oldest = new DayRange(day, day + 1).lookBackFrom(horizonMs);
                tasks.add(new PartitionFiles(
                        tasks.size(),
                        type,
                        partition,
                        from == 0 ? PartitionRecompute.UNKNOWN : OffsetOrder.lastOffset(raw, inOrder.get(from - 1)) + 1,
                        inOrder.subList(0, from).stream()
                                .filter(file -> OffsetOrder.dayOf(file) >= oldest)
                                .toList(),
                        List.copyOf(inOrder.subList(from, to)),
                        history.within(
                                OffsetOrder.firstOffset(raw, inOrder.get(from)),
                                OffsetOrder.lastOffset(raw, inOrder.get(to - 1)) + 1)));
            }
            from = to;
        }
    }
}
