package countinghouse.bench.dedup;

import countinghouse.bench.speed.report.Machine;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Everything a run found out; every verdict was right, or there would be no report.
 *
 * @param budgetBytes what identities may take on the heap
 */
public record DedupReport(String benchmark, Instant startedAt, Machine machine, long budgetBytes, List<Point> points) {
    private static final double MEBIBYTE = 1 << 20;

    /**
     * One number of identities.
     *
     * @param identities distinct ones, all within the horizon at the end
     * @param duplicates records beside them that repeat one of any age
     * @param spilled identities on disk at the end
     * @param heapBytes of the budget, at most
     * @param diskBytes at the end
     * @param recordsPerSecond over the whole run, of one thread
     * @param recordsPerCpuSecond over the whole run, garbage collection and merges of files included
     * @param recordsPerCpuSecondByTenth of the run, one after the other
     */
    public record Point(
            long identities,
            long duplicates,
            long spilled,
            long heapBytes,
            long diskBytes,
            double recordsPerSecond,
            double recordsPerCpuSecond,
            List<Double> recordsPerCpuSecondByTenth) {}

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "budget %,.0f MiB, %s, %d cores, %s, load average %.1f; started %s%n%n",
                budgetBytes / MEBIBYTE,
                machine.processor(),
                machine.cores(),
                machine.memory(),
                machine.loadAverage(),
                startedAt));
        text.append("""
            | identities (every verdict right) | records/s | records per CPU-s | slowest tenth | last tenth | on the heap at most, MiB | on disk, MiB | identities on disk |
            |--:|--:|--:|--:|--:|--:|--:|--:|
            """);
        for (Point point : points) {
            List<Double> tenths = point.recordsPerCpuSecondByTenth();
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.0f %% |%n",
                    point.identities(),
                    point.recordsPerSecond(),
                    point.recordsPerCpuSecond(),
                    Collections.min(tenths),
                    tenths.get(tenths.size() - 1),
                    point.heapBytes() / MEBIBYTE,
                    point.diskBytes() / MEBIBYTE,
                    100.0 * point.spilled() / point.identities()));
        }
        return text.toString();
    }
}
