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
        return new Comparison(
                rows,
                differences.size(),
                List.copyOf(differences.subList(0, Math.min(MAX_EXAMPLES, differences.size()))));
    }
}
