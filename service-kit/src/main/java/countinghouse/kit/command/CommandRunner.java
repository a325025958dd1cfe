package countinghouse.kit.command;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.logging.JavaUtilLogging;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs a picocli command so that every failure is one line on standard error and an {@link ExitCode}. */
public final class CommandRunner {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

    private final CommandLine commandLine;

    public CommandRunner(Object root, List<? extends Subcommand> subcommands) {
        commandLine = new CommandLine(root);
        subcommands.stream().filter(command -> command.parent().isEmpty()).forEach(commandLine::addSubcommand);
        // A process without the parent's module has no place for the command.
        subcommands.stream()
                .filter(command -> commandLine.getSubcommands().containsKey(command.parent()))
                .forEach(command ->
                        commandLine.getSubcommands().get(command.parent()).addSubcommand(command));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command.getErr()));
        commandLine.setParameterExceptionHandler((failure, arguments) -> reportUsage(failure));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.registerConverter(LocalDate.class, written(LocalDate::parse, "day", "2026-10-31"));
        commandLine.registerConverter(Instant.class, written(Instant::parse, "time", "2026-10-31T00:00:00Z"));
    }

    /** Runs the command line; the answer is the process's exit status. */
    public int run(String... arguments) {
        JavaUtilLogging.join();
        return commandLine.execute(arguments);
    }

    private static <T> CommandLine.ITypeConverter<T> written(Function<String, T> parser, String what, String example) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (DateTimeParseException e) {
                throw new CommandLine.TypeConversionException(
                        "'%s' is not a %s; write it as %s".formatted(text, what, example));
            }
        };
    }

    private static int report(Exception failure, PrintWriter error) {
        if (failure instanceof CommandFailure commandFailure) {
            error.println("countinghouse: " + failure.getMessage());
            return commandFailure.exitCode().status();
        }
        if (failure instanceof ConfigurationException) {
            error.println("countinghouse: " + failure.getMessage());
            return ExitCode.BAD_INPUT.status();
        }
        LOG.error("Command failed unexpectedly", failure);
        error.println("countinghouse: unexpected %s: %s (the log has the details)"
                .formatted(failure.getClass().getSimpleName(), failure.getMessage()));
        return ExitCode.TEMPORARY.status();
    }

    private static int reportUsage(CommandLine.ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter error = command.getErr();
        error.println("countinghouse: " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, error)) {
            error.println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
        }
        LOG.debug("Bad arguments {}", Arrays.toString(failure.getStackTrace()));
        return ExitCode.BAD_INPUT.status();
    }
}
