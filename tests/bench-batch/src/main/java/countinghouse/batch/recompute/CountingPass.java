package countinghouse.batch.recompute;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.schemas.EventType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Reads, de-duplicates and counts a day as the recompute job does, with its plan and its tasks, and keeps the rows in memory instead of
 * writing them. In the package of what it calls, which has no other callers.
 */
public final class CountingPass {
    private static final long HORIZON_MS = TimeUnit.DAYS.toMillis(36);
    private static final long SPEED_HORIZON_MS = TimeUnit.HOURS.toMillis(48);

    private CountingPass() {}

    /** A counted row. */
    public record Row(RowKey key, RowValue value) {}

    /** The rows of a day, task by task; it must run in this process, which the rows do not leave. */
    public static List<List<Row>> rows(JavaSparkContext spark, IcebergCatalog catalog, long snapshotId, int day) {
        Table raw = catalog.raw(EventType.TICKET);
        PinnedSchedule schedule = new PinnedSchedule(CountingDocuments.STANDARD, List.of());
        RecomputePlan plan = new RecomputePlan(HORIZON_MS);
        DayRange days = new DayRange(day, day + 1);
        plan.add(EventType.TICKET, raw, snapshotId, days, Map.of());
        RecomputeTask task = new RecomputeTask(0, days.toMs(), HORIZON_MS, SPEED_HORIZON_MS, schedule);
        List<PartitionFiles> work = plan.tasks();
        Table shipped = SerializableTable.copyOf(raw);
        return spark
                .parallelize(work, work.size())
                .map(files -> new Kept(count(task, shipped, files)))
                .collect()
                .stream()
                .map(Kept::take)
                .toList();
    }

    private static List<Row> count(RecomputeTask task, Table raw, PartitionFiles files) {
        List<Row> rows = new ArrayList<>();
        task.count(
                raw,
                files,
                new RowSinks(
                        (key, value) -> rows.add(new Row(key, value)),
                        (key, value) -> {},
                        (key, value) -> {},
                        (key, value) -> {}));
        return rows;
    }

    /** Rows that stay where they are: writing them anywhere is not what is measured. */
    private static final class Kept implements Serializable {
        private static final Map<Integer, List<Row>> BY_NUMBER = new ConcurrentHashMap<>();
        private static final AtomicInteger NEXT = new AtomicInteger();

        private final int number = NEXT.incrementAndGet();

        Kept(List<Row> rows) {
            BY_NUMBER.put(number, rows);
        }

        List<Row> take() {
            return BY_NUMBER.remove(number);
        }
    }
}
