package countinghouse.local.child;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a child process.
 *
 * @param command program and arguments; it must end when its standard input closes (see {@link Guardian})
 * @param environment added to the owner's environment
 * @param directory working directory, which must exist
 * @param log file that gets the output
 */
public record ChildCommand(List<String> command, Map<String, String> environment, Path directory, Path log) {
    public ChildCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
