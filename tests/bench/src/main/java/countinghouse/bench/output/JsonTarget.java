package countinghouse.bench.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where a benchmark's report goes: its text to standard output, and as JSON to a file if asked; JSON may also take standard output. */
public final class JsonTarget {
    private static final String STANDARD_OUTPUT = "-";

    private final String file;
    private final PrintStream output;
    private final PrintStream error;

    private JsonTarget(String file, PrintStream output, PrintStream error) {
        this.file = file;
        this.output = output;
        this.error = error;
    }

    /**
     * Names the target.
     *
     * @param file null for none, {@code -} for standard output
     */
    public static JsonTarget of(String file) {
        return new JsonTarget(file, System.out, System.err);
    }

    /** Takes lines for the person who waits. */
    public Consumer<String> progress() {
        return error::println;
    }

    /**
     * Writes the report.
     *
     * @throws CommandFailure if the file cannot be written
     */
    public void write(Object report, String text) {
        String json = json(report);
        if (STANDARD_OUTPUT.equals(file)) {
            error.println(text);
            output.println(json);
            return;
        }
        output.println(text);
        if (file != null) {
            try {
                Files.writeString(Path.of(file), json + System.lineSeparator());
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Cannot write the report to %s (%s); name another file".formatted(file, e),
                        e);
            }
        }
    }

    private static String json(Object report) {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The report cannot be written as JSON", e);
        }
    }
}
