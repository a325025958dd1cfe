package countinghouse.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.local.distribution.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs {@code countinghouse} commands against one platform, each in a process of its own, as a person or a scheduler would. */
public final class Cli {
    private static final String INTERRUPTED = "Interrupted; everything that had been started is stopped";

    private final Path launcher;
    private final Path configuration;
    private final Path log;

    /**
     * @param distribution the programs
     * @param configuration the platform's properties file
     * @param log gets what the commands say on standard error
     */
    public Cli(Distribution distribution, Path configuration, Path log) {
        this.launcher = distribution.root().resolve("bin").resolve("countinghouse");
        this.configuration = configuration;
        this.log = log;
    }

    /** How a command ended, and its standard output. */
    public record Result(int status, String output) {
        /** The output as JSON. */
        public JsonNode json() {
            try {
                return Json.mapper().readTree(output);
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.TEMPORARY, "A command did not print JSON: %s".formatted(output), e);
            }
        }
    }

    /**
     * Runs a command that must succeed.
     *
     * @throws CommandFailure if it does not, with its exit code
     */
    public Result run(String... arguments) {
        Result result = attempt(arguments);
        if (result.status() != 0) {
            throw new CommandFailure(
                    exitCode(result.status()),
                    "'countinghouse %s' ended with %d; %s says why"
                            .formatted(String.join(" ", arguments), result.status(), log));
        }
        return result;
    }

    /** Runs a command, however it ends. */
    public Result attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put(Settings.CONFIG_FILE_VARIABLE, configuration.toString());
        try {
            return await(builder.start());
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot run %s: %s".formatted(launcher, e), e);
        }
    }

    private static Result await(Process process) throws IOException {
        // A command must not outlive whoever runs it, or Ctrl-C would leave it behind.
        Thread stop = new Thread(process::destroy, "command-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int status = process.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
            return new Result(status, output);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, INTERRUPTED, e);
        } catch (IllegalStateException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, INTERRUPTED, e);
        }
    }

    private static ExitCode exitCode(int status) {
        return Arrays.stream(ExitCode.values())
                .filter(code -> code.status() == status)
                .findFirst()
                .orElse(ExitCode.TEMPORARY);
    }
}
