package countinghouse.billing.command;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.rating.example.ExampleReport;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rate}: rates a file of worked examples and says which do not come out. */
@Command(name = "rate", description = "Rate worked examples.", mixinStandardHelpOptions = true)
public final class RateCommand implements Subcommand {
    @Option(names = "--examples", required = true, paramLabel = "FILE", description = "A JSON array of examples.")
    private Path examples;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        ExampleReport report = ExampleReport.of(read());
        PrintWriter out = spec.commandLine().getOut();
        int failed = report.failures().size();
        if (json) {
            out.println(Json.text(Map.of("passed", report.passed(), "failed", failed, "failures", report.failures())));
        } else {
            report.failures().forEach(failure -> {
                out.printf("%s: expected %s, rated %s%n", failure.id(), failure.expected(), failure.actual());
                failure.working().forEach(step -> out.println("  " + step));
            });
        }
        out.printf("%d passed, %d failed%n", report.passed(), failed);
        out.flush();
        if (failed > 0) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "%d examples do not come out; the lines above show the working".formatted(failed));
        }
    }

    private JsonNode read() {
        try {
            JsonNode read = Json.mapper().readTree(Files.readString(examples));
            if (read.isArray()) {
                return read;
            }
            throw new CommandFailure(ExitCode.BAD_INPUT, "%s is not a JSON array of examples".formatted(examples));
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "Cannot read %s: %s".formatted(examples, e.getMessage()), e);
        }
    }
}
