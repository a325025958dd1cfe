package countinghouse.billing.export;

import java.util.List;

/** Builds CSV by RFC 4180: every field that needs quotes has them, lines end with CR LF. */
final class CsvTable {
    private final StringBuilder text = new StringBuilder();

    CsvTable(List<String> header) {
        row(header);
    }

    void row(List<String> fields) {
        for (int index = 0; index < fields.size(); index++) {
            if (index > 0) {
                text.append(',');
            }
            text.append(quoted(fields.get(index)));
        }
        text.append("\r\n");
    }

    /** A text that somebody else chose; a spreadsheet must not take it for a formula. */
    static String foreign(String value) {
        return value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
