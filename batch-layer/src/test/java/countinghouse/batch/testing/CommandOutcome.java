package countinghouse.batch.testing;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.batch.command.BatchCommands;
import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command line came to. */
public record CommandOutcome(int status, String output, String errors) {
    /** Runs {@code batch ...}. */
    public static CommandOutcome batch(String... arguments) {
        return run(new BatchCommands(), List.of(), arguments);
    }

    /** Runs {@code countinghouse ...} with one subcommand. */
    public static CommandOutcome countinghouse(Subcommand subcommand, String... arguments) {
        return run(new BatchCommands(), List.of(subcommand), arguments);
    }

    public JsonNode json() throws IOException {
        return Json.mapper().readTree(output);
    }

    private static CommandOutcome run(Object root, List<Subcommand> subcommands, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
            int status = new CommandRunner(root, subcommands).run(arguments);
            return new CommandOutcome(
                    status, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
