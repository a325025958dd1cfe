package countinghouse.fault.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every row beside what it must be.
 *
 * @param rowsCompared rows that were expected or found
 * @param differences how many of them differ
 * @param examples some of the differences
 */
public record Comparison(long rowsCompared, long differences, List<Difference> examples) {
    private static final int MAX_EXAMPLES = 10;

    /** The same with more facts that were looked at and found wrong. */
    public Comparison and(List<Difference> problems) {
        List<Difference> all = new ArrayList<>(problems);
        all.addAll(examples);
        return new Comparison(rowsCompared + problems.size(), differences + problems.size(), List.copyOf(all));
    }

    /** This and another comparison, of other rows. */
    public Comparison plus(Comparison other) {
        List<Difference> all = new ArrayList<>(examples);
        all.addAll(other.examples);
        return of(rowsCompared + other.rowsCompared, differences + other.differences, all);
    }

    /**
     * What was found by somebody who compares for himself.
     *
     * @param some of the differences, at least as many as examples are kept
     */
    public static Comparison of(long rowsCompared, long differences, List<Difference> some) {
        return new Comparison(
                rowsCompared, differences, List.copyOf(some.subList(0, Math.min(MAX_EXAMPLES, some.size()))));
    }

    public static Comparison of(Map<String, String> expected, Map<String, String> found) {
        long rows = expected.size();
        List<Difference> differences = new ArrayList<>();
        for (Map.Entry<String, String> row : expected.entrySet()) {
            String there = found.get(row.getKey());
            if (!row.getValue().equals(there)) {
                differences.add(new Difference(row.getKey(), row.getValue(), there));
            }
        }
        for (Map.Entry<String, String> row : found.entrySet()) {
            if (!expected.containsKey(row.getKey())) {
                rows++;
                differences.add(new Difference(row.getKey(), null, row.getValue()));
            }
        }
        return of(rows, differences.size(), differences);
    }
}
