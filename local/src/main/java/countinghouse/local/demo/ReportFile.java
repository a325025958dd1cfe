package countinghouse.local.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints what was proven as a table, writes it as JSON, and fails if anything disagrees. */
final class ReportFile {
    private ReportFile() {}

    /** Says at once that the report cannot be written, rather than after minutes. */
    static void requireWritable(Path report) {
        if (report == null) {
            return;
        }
        Path folder = report.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(report)) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Cannot write a report to %s; choose a file in a folder you can write to".formatted(report));
        }
    }

    static void conclude(DemoReport result, Path report, PrintStream out) {
        Map<String, Object> figures =
                Json.mapper().convertValue(result, new TypeReference<LinkedHashMap<String, Object>>() {});
        out.println();
        figures.forEach((name, value) -> out.printf("%-26s %20s%n", name, text(value)));
        if (report != null) {
            write(figures, report);
        }
        List<String> disagreements = result.disagreements();
        if (!disagreements.isEmpty()) {
            throw new CommandFailure(ExitCode.DISAGREED, "Not proven: " + String.join("; ", disagreements));
        }
        out.println("\nEverything agrees.");
    }

    private static String text(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return "%,d".formatted(((Number) value).longValue());
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }

    private static void write(Map<String, Object> figures, Path report) {
        try {
            Files.writeString(
                    report, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot write the report to %s: %s".formatted(report, e), e);
        }
    }
}
