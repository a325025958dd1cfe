package countinghouse.serving.query;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values as of RFC 4180. */
final class Csv {
    private final StringBuilder text = new StringBuilder();

    /** Adds a line; a null cell is empty. */
    Csv line(List<String> cells) {
        text.append(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
        return this;
    }

    String text() {
        return text.toString();
    }

    private static String quoted(String cell) {
        if (cell == null) {
            return "";
        }
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
