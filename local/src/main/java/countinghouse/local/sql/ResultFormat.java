package countinghouse.local.sql;

import java.io.PrintWriter;
import java.util.List;

/** How a result is written. */
enum ResultFormat {
    TABLE {
        @Override
        ResultWriter writer(List<String> columns, PrintWriter out) {
            return new TableWriter(columns, out);
        }
    },
    CSV {
        @Override
        ResultWriter writer(List<String> columns, PrintWriter out) {
            return new CsvWriter(columns, out);
        }
    },
    JSON {
        @Override
        ResultWriter writer(List<String> columns, PrintWriter out) {
            return new JsonWriter(columns, out);
        }
    };

    abstract ResultWriter writer(List<String> columns, PrintWriter out);
}
