package countinghouse.batch.evidence;

import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.recompute.DayRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * Ingest days of a partition whose identities are held in memory together.
 *
 * @param days that have records, from the first to the last
 * @param files of those days, in offset order
 * @param earlier every file before them, in offset order
 */
record DaysHeld(DayRange days, List<DataFile> files, List<DataFile> earlier) {
    /**
     * Cuts some days where holding more would break a budget.
     *
     * @param inOrder files of the days and of their look-back, in offset order
     * @param within the days
     * @param budget records to hold at once; a day that has more is held alone
     */
    static List<DaysHeld> of(List<DataFile> inOrder, DayRange within, long budget) {
        List<DaysHeld> cut = new ArrayList<>();
        int from = 0;
        while (from < inOrder.size() && OffsetOrder.dayOf(inOrder.get(from)) < within.fromDay()) {
            from++;
        }
        while (from < inOrder.size()) {
            int to = endOfDay(inOrder, from);
            long held = records(inOrder, from, to);
            while (to < inOrder.size()) {
                int next = endOfDay(inOrder, to);
                held += records(inOrder, to, next);
                if (held > budget) {
                    break;
                }
                to = next;
            }
            cut.add(new DaysHeld(
                    new DayRange(OffsetOrder.dayOf(inOrder.get(from)), OffsetOrder.dayOf(inOrder.get(to - 1)) + 1),
                    inOrder.subList(from, to),
                    inOrder.subList(0, from)));
            from = to;
        }
        return cut;
    }

    /** The files that can make a record of these days a duplicate. */
    List<DataFile> before(long horizonMs) {
        int oldest = days.lookBackFrom(horizonMs);
        return earlier.stream()
                .filter(file -> OffsetOrder.dayOf(file) >= oldest)
                .toList();
    }

    private static int endOfDay(List<DataFile> inOrder, int from) {
        int to = from + 1;
        while (to < inOrder.size() && OffsetOrder.dayOf(inOrder.get(to)) == OffsetOrder.dayOf(inOrder.get(from))) {
            to++;
        }
        return to;
    }

    private static long records(List<DataFile> files, int from, int to) {
        return files.subList(from, to).stream().mapToLong(DataFile::recordCount).sum();
    }
}
