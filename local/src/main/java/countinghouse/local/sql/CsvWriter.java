package countinghouse.local.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV by RFC 4180 with a line of names first; null is an empty field. */
final class CsvWriter implements ResultWriter {
    private final CSVPrinter printer;

    CsvWriter(List<String> columns, PrintWriter out) {
        try {
            printer = new CSVPrinter(out, CSVFormat.RFC4180);
            printer.printRecord(columns);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void row(List<Object> values) {
        try {
            printer.printRecord(values.stream().map(value -> value == null ? null : ResultValue.text(value)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end() {
        // Every line has been written.
    }
}
