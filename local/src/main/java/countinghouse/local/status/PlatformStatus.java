package countinghouse.local.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.http.Json;
import countinghouse.local.state.PrivateFile;
import countinghouse.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What runs in a state directory.
 *
 * @param state {@code running}, {@code degraded} if a component is down, or {@code stopped}
 * @param api base URL of the public API; null without services
 * @param pid of the owner
 * @param ownerStartedAt tells the owner from a later process with the same pid
 * @param configuration path of the properties file for {@code COUNTINGHOUSE_CONFIG}
 * @param logs folder of the logs
 * @param components in the order they were named
 */
public record PlatformStatus(
        String state,
        String api,
        Long pid,
        Instant ownerStartedAt,
        String configuration,
        String logs,
        List<ComponentStatus> components) {
    public static final String RUNNING = "running";
    public static final String DEGRADED = "degraded";
    public static final String STOPPED = "stopped";

    /** The status of a directory where nothing runs. */
    public static PlatformStatus stopped(StateDirectory state) {
        return new PlatformStatus(
                STOPPED,
                null,
                null,
                null,
                state.configuration().toString(),
                state.logs().toString(),
                List.of());
    }

    /** What runs in a directory now: the owner's last word, if the owner is alive. */
    public static PlatformStatus of(StateDirectory state) {
        if (!Files.exists(state.status())) {
            return stopped(state);
        }
        try {
            PlatformStatus written = Json.mapper().readValue(state.status().toFile(), PlatformStatus.class);
            return written.owner().isPresent() ? written : stopped(state);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Cannot read %s (%s); if no platform runs there, delete the file".formatted(state.status(), e),
                    e);
        }
    }

    /** The owner's process; empty if it has ended. */
    public Optional<ProcessHandle> owner() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> process.info()
                .startInstant()
                .map(started -> started.equals(ownerStartedAt))
                .orElse(true));
    }

    /** Says that nothing runs in the directory any more. */
    public static void clear(StateDirectory state) {
        try {
            Files.deleteIfExists(state.status());
        } catch (IOException e) {
            // The file names an owner that has ended, which says the same.
        }
    }

    public void write(StateDirectory state) {
        PrivateFile.write(state.status(), json());
    }

    public String json() {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
