package countinghouse.testing.command;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;

/** What a command line came to: its exit status, and what it wrote to each of the two streams. */
public record CommandOutcome(int status, String output, String errors) {
    @Command(name = "countinghouse")
    private static final class Countinghouse {}

    /** Runs {@code countinghouse ...} with every command of the class path. */
    public static CommandOutcome countinghouse(String... arguments) {
        List<Subcommand> commands = ServiceLoader.load(Subcommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return of(new Countinghouse(), commands, arguments);
    }

    /** Runs {@code countinghouse ...} with one command. */
    public static CommandOutcome countinghouse(Subcommand command, String... arguments) {
        return of(new Countinghouse(), List.of(command), arguments);
    }

    /** Runs a program of its own, whose commands are its methods. */
    public static CommandOutcome program(Object program, String... arguments) {
        return of(program, List.of(), arguments);
    }

    public JsonNode json() throws IOException {
        return Json.mapper().readTree(output);
    }

    private static CommandOutcome of(Object root, List<? extends Subcommand> subcommands, String... arguments) {
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
