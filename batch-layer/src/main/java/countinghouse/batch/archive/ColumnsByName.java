package countinghouse.batch.archive;

import java.util.Map;

/**
 * Columns by the names that properties are asked for. Meters and rules ask for a few, with the same text object for every event, so those are found by
 * looking at the object alone.
 */
final class ColumnsByName {
    /** No column has the name. */
    static final int NONE = -1;

    private static final int REMEMBERED = 16;

    private final Map<String, Integer> columns;
    private final String[] asked = new String[REMEMBERED];
    private final int[] answers = new int[REMEMBERED];
    private int count;

    ColumnsByName(Map<String, Integer> columns) {
        this.columns = Map.copyOf(columns);
    }

    @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // a shortcut; the map decides where it does not apply
    int of(String name) {
        for (int index = 0; index < count; index++) {
            if (asked[index] == name) {
                return answers[index];
            }
        }
        int column = columns.getOrDefault(name, NONE);
        if (count < REMEMBERED) {
            asked[count] = name;
            answers[count++] = column;
        }
        return column;
    }
}
