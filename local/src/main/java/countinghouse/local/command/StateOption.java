package countinghouse.local.command;

import countinghouse.local.state.StateDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The {@code --state} option. */
public final class StateOption {
    /** System property with the folder of the clone; the launcher sets it. */
    static final String ROOT_PROPERTY = "countinghouse.root";

    static final String STATE_VARIABLE = "COUNTINGHOUSE_STATE";

    private static final String DEFAULT_NAME = ".countinghouse";

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder with the platform's data, logs and secrets (default: $" + STATE_VARIABLE
                    + ", or .countinghouse beside the launcher).")
    private Path directory;

    /** The folder that was asked for, or the default. */
    public StateDirectory directory() {
        if (directory != null) {
            return StateDirectory.at(directory);
        }
        String variable = System.getenv(STATE_VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return StateDirectory.at(Path.of(variable));
        }
        return StateDirectory.at(Path.of(System.getProperty(ROOT_PROPERTY, "")).resolve(DEFAULT_NAME));
    }
}
