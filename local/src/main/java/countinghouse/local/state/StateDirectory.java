package countinghouse.local.state;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one folder that holds everything of a local platform: data, logs, configuration and secrets. */
public final class StateDirectory {
    private static final long MIN_FREE_BYTES = 512L * 1024 * 1024;

    private final Path root;

    private StateDirectory(Path root) {
        this.root = root;
    }

    /** Names a state directory without touching it. */
    public static StateDirectory at(Path root) {
        return new StateDirectory(root.toAbsolutePath().normalize());
    }

    /**
     * Makes the folder if it is missing, and sees that a platform can live there.
     *
     * @throws CommandFailure if it is not writable or the disk is nearly full
     */
    public StateDirectory prepare() {
        try {
            Files.createDirectories(root);
            Files.createDirectories(logs());
            Files.delete(Files.createTempFile(root, "write-check", ""));
            long free = Files.getFileStore(root).getUsableSpace();
            if (free < MIN_FREE_BYTES) {
                throw new CommandFailure(
                        ExitCode.TEMPORARY,
                        "Only %d MiB are free at %s and the platform needs %d; free some space or choose another folder with --state"
                                .formatted(free >> 20, root, MIN_FREE_BYTES >> 20));
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "%s is a file, not a folder; choose another folder with --state".formatted(e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Cannot write to the state folder %s (%s); make it writable, free some space, or choose another with --state"
                            .formatted(root, e),
                    e);
        }
        return this;
    }

    public Path root() {
        return root;
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** The properties file that {@code COUNTINGHOUSE_CONFIG} names. */
    public Path configuration() {
        return root.resolve("countinghouse.properties");
    }

    public Path secrets() {
        return root.resolve("secrets.properties");
    }

    public Path ports() {
        return root.resolve("ports.properties");
    }

    /** What runs here and where, as JSON; written by the platform's owner. */
    public Path status() {
        return root.resolve("platform.json");
    }

    public Path lock() {
        return root.resolve("lock");
    }

    /** A folder for a component's data; made if missing. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Cannot make the folder %s (%s)".formatted(root.resolve(name), e), e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
