package countinghouse.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.local.distribution.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code countinghouse} command of the assembled distribution, used as a person uses it, on one state directory. */
final class Countinghouse {
    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final Path state;
    private final Map<String, String> environment;

    Countinghouse(Path state) {
        this(state, Map.of());
    }

    /**
     * @param environment that its commands, and the processes that they start, see besides
     */
    Countinghouse(Path state, Map<String, String> environment) {
        this.state = state;
        this.environment = Map.copyOf(environment);
    }

    record Ended(int status, String output, String error) {
        JsonNode json() {
            try {
                return Json.mapper().readTree(output);
            } catch (IOException e) {
                throw new IllegalStateException("no JSON: " + output, e);
            }
        }

        @Override
        public String toString() {
            return "status %d%n%s%n%s".formatted(status, output, error);
        }
    }

    Path state() {
        return state;
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) {
        try {
            Path error = Files.createTempFile("countinghouse", ".err");
            Path output = Files.createTempFile("countinghouse", ".out");
            Process process = start(output, error, arguments);
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new IllegalStateException("still running after %s: %s".formatted(LIMIT, List.of(arguments)));
            }
            Ended ended =
                    new Ended(process.exitValue(), Files.readString(output, UTF_8), Files.readString(error, UTF_8));
            Files.delete(error);
            Files.delete(output);
            return ended;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a command whose end the caller awaits. */
    Process start(Path output, Path error, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Distribution.ofProcess().root().resolve("bin/countinghouse").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(error.toFile());
        builder.environment().put("COUNTINGHOUSE_STATE", state.toString());
        builder.environment().remove("COUNTINGHOUSE_CONFIG");
        builder.environment().putAll(environment);
        return builder.start();
    }
}
