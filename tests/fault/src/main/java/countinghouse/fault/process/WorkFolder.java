package countinghouse.fault.process;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder for one platform, which stays behind only if something went wrong: its logs say what. */
public record WorkFolder(Path path) {
    /**
     * A new folder within another.
     *
     * @throws CommandFailure if it cannot be made
     */
    public static WorkFolder in(Path parent) {
        try {
            return new WorkFolder(Files.createTempDirectory(Files.createDirectories(parent), "fault-"));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Cannot write to %s (%s); make it writable or choose another folder with --state"
                            .formatted(parent, e),
                    e);
        }
    }

    public void delete() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(
                    "countinghouse: cannot delete %s (%s); delete it by hand".formatted(path, e.getMessage()));
        }
    }
}
