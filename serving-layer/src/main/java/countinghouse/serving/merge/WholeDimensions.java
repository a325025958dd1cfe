package countinghouse.serving.merge;

import countinghouse.metering.meter.Dimensions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns a filter that names every dimension of a meter into the dimensions of the rows that it admits, which an index finds. */
final class WholeDimensions {
    private static final int MOST = 100;

    private WholeDimensions() {}

    /**
     * The canonical dimensions of all rows that a filter admits; null if the filter is empty, or leaves a dimension of any version open, or
     * admits very many.
     *
     * @param where dimension to admitted values
     * @param splits the dimensions of the meter in each version; a row has those of one version, or fewer where an event lacked one
     */
    static Set<String> of(Map<String, Set<String>> where, Set<Set<String>> splits) {
        Set<String> names = where.keySet();
        boolean leavesOneOpen =
                splits.stream().anyMatch(split -> split.containsAll(names) && split.size() > names.size());
        long combinations = where.values().stream().mapToLong(Set::size).reduce(1, (left, right) -> left * right);
        if (names.isEmpty() || leavesOneOpen || combinations > MOST) {
            return null;
        }
        Set<Map<String, String>> rows = Set.of(Map.of());
        for (Map.Entry<String, Set<String>> filter : where.entrySet()) {
            Set<Map<String, String>> longer = new HashSet<>();
            for (Map<String, String> row : rows) {
                for (String value : filter.getValue()) {
                    Map<String, String> named = new TreeMap<>(row);
                    named.put(filter.getKey(), value);
                    longer.add(named);
                }
            }
            rows = longer;
        }
        Set<String> texts = new HashSet<>();
        rows.forEach(row -> texts.add(Dimensions.of(row)));
        return texts;
    }
}
