package countinghouse.local.sql;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns for people, numbers to the right. The first rows decide how wide they are; a later value that is wider shifts its own line. */
final class TableWriter implements ResultWriter {
    private static final int MEASURED_ROWS = 1_000;
    private static final String GAP = "  ";

    private final List<String> columns;
    private final PrintWriter out;
    private final List<List<Object>> waiting = new ArrayList<>();
    private int[] widths;

    TableWriter(List<String> columns, PrintWriter out) {
        this.columns = columns;
        this.out = out;
    }

    @Override
    public void row(List<Object> values) {
        if (widths != null) {
            print(values);
            return;
        }
        waiting.add(values);
        if (waiting.size() == MEASURED_ROWS) {
            begin();
        }
    }

    @Override
    public void end() {
        if (widths == null) {
            begin();
        }
    }

    private void begin() {
        widths = columns.stream().mapToInt(String::length).toArray();
        for (List<Object> row : waiting) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], ResultValue.text(row.get(i)).length());
            }
        }
        List<Object> first = waiting.isEmpty() ? List.copyOf(columns) : waiting.get(0);
        StringBuilder names = new StringBuilder();
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            append(names, columns.get(i), i, first.get(i) instanceof Number);
            append(rule, "-".repeat(widths[i]), i, false);
        }
        out.println(names.toString().stripTrailing());
        out.println(rule);
        waiting.forEach(this::print);
        waiting.clear();
    }

    private void print(List<Object> values) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            append(line, ResultValue.text(values.get(i)), i, values.get(i) instanceof Number);
        }
        out.println(line.toString().stripTrailing());
    }

    private void append(StringBuilder line, String text, int column, boolean right) {
        String padding = " ".repeat(Math.max(0, widths[column] - text.length()));
        line.append(column == 0 ? "" : GAP).append(right ? padding + text : text + padding);
    }
}
