package countinghouse.batch.command;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the batch process for a command of the launcher. */
final class BatchForward {
    private static final String HOME_PROPERTY = "countinghouse.home";
    /** Replaces the options that suit jobs of seconds. */
    private static final String OPTIONS_VARIABLE = "COUNTINGHOUSE_BATCH_JAVA_OPTIONS";

    private BatchForward() {}

    /** Runs the process to its end; its exit status. */
    static int run(List<String> arguments) {
        Path libraries = libraries();
        List<String> options = new ArrayList<>(javaOptions());
        options.addAll(guardian(libraries));
        ProcessBuilder builder = new ProcessBuilder(BatchProcess.command(libraries, options, arguments))
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT);
        try {
            Process process = builder.start();
            Thread stop = new Thread(process::destroy, "batch-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            int status = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
            return status;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot start the batch process: %s".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while the batch process ran", e);
        }
    }

    private static List<String> javaOptions() {
        return Optional.ofNullable(System.getenv(OPTIONS_VARIABLE))
                .map(options -> List.of(options.trim().split("\\s+")))
                .orElseGet(BatchProcess::shortJobOptions);
    }

    /**
     * The agent that ends a process when its standard input closes, which happens however this process dies: Spark must not go on without
     * the command that a scheduler has seen failing (ADR 0071).
     */
    private static List<String> guardian(Path libraries) {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(libraries.resolve("guardian"), "local-guardian-*.jar")) {
            for (Path jar : jars) {
                return List.of("-javaagent:" + jar);
            }
        } catch (IOException e) {
            // Reported below like a folder without the agent.
        }
        throw new CommandFailure(
                ExitCode.BAD_INPUT,
                "The distribution at %s has no lib/guardian; build it again with ./mvnw -DskipTests package"
                        .formatted(libraries.getParent()));
    }

    private static Path libraries() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null || !Files.isDirectory(Path.of(home, "lib", "batch"))) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no distribution with lib/batch at %s; build it with ./mvnw -DskipTests package and use its launcher"
                            .formatted(home));
        }
        return Path.of(home, "lib");
    }
}
