package countinghouse.bench.batch.report;

import countinghouse.bench.batch.report.BatchReport.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was aimed at, beside what came out.
 *
 * @param what two medians of CPU-seconds, as a quotient
 * @param ratio the quotient
 * @param atMost the aim
 */
public record Aim(String what, double ratio, double atMost, boolean met) {
    private static final String COUNT = "read, dedup and count";
    private static final String OURS = "ours";
    private static final int LONG = 36;
    private static final int LONGER = 80;
    /** Two medians of the same work differ by as much. */
    private static final double NOISE = 1.15;

    /** The aims that the measured work allows to judge. */
    static List<Aim> of(List<Summary> summaries) {
        List<Aim> aims = new ArrayList<>();
        for (String peer : List.of("duckdb", "duckdb-by-partition")) {
            add(aims, "ours / " + peer + ", one day", find(summaries, OURS, 0), find(summaries, peer, 0), 1.0);
        }
        add(aims, "36 days of history / 1 day", find(summaries, OURS, LONG), find(summaries, OURS, 1), 2.0);
        add(aims, "80 days of history / 36 days", find(summaries, OURS, LONGER), find(summaries, OURS, LONG), NOISE);
        return aims;
    }

    private static Optional<Summary> find(List<Summary> summaries, String contestant, int historyDays) {
        return summaries.stream()
                .filter(one -> one.contestant().equals(contestant) && one.part().equals(COUNT))
                .filter(one -> one.historyDays() == historyDays)
                .findFirst();
    }

    private static void add(
            List<Aim> aims, String what, Optional<Summary> one, Optional<Summary> other, double atMost) {
        if (one.isPresent() && other.isPresent()) {
            double ratio =
                    one.get().cpuSeconds().median() / other.get().cpuSeconds().median();
            aims.add(new Aim(what, ratio, atMost, ratio <= atMost));
        }
    }
}
