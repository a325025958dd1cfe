package countinghouse.endtoend;

import countinghouse.kit.config.Settings;
import countinghouse.local.sql.ResultWriter;
import countinghouse.local.sql.Trino;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Asks Trino and compares without regard to how a number is written. */
final class TrinoSession {
    private final Trino trino;

    TrinoSession(Settings settings) {
        this.trino = Trino.from(settings);
    }

    /** The columns' names, and the rows as texts; numbers without zeros at the end. */
    record Answer(List<String> columns, List<List<String>> rows) {}

    Answer ask(String sql) {
        List<String> columns = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        trino.ask(sql, names -> {
            columns.addAll(names);
            return new ResultWriter() {
                @Override
                public void row(List<Object> values) {
                    rows.add(values.stream().map(TrinoSession::plain).toList());
                }

                @Override
                public void end() {
                    // Every row has been taken.
                }
            };
        });
        return new Answer(columns, rows);
    }

    /** The only value of an answer. */
    String value(String sql) {
        return ask(sql).rows().get(0).get(0);
    }

    static String plain(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        }
        return String.valueOf(value);
    }
}
