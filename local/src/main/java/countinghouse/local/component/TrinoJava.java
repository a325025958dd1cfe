package countinghouse.local.component;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Java that runs Trino, which needs a newer one than the platform. The launcher looks for it. */
final class TrinoJava {
    /** The folder of a JDK; the launcher sets it to one that it found, unless somebody has set it. */
    static final String VARIABLE = "TRINO_JAVA_HOME";

    private TrinoJava() {}

    /**
     * The JDK's folder.
     *
     * @throws CommandFailure if there is none
     */
    static Path home() {
        String home = System.getenv(VARIABLE);
        if (home == null || home.isBlank()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Trino needs a JDK 24 or newer, and none was found; install one, for example Eclipse Temurin 25, and set %s to its folder"
                            .formatted(VARIABLE));
        }
        Path folder = Path.of(home);
        if (!Files.isExecutable(folder.resolve("bin/java"))) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "%s is %s, which has no bin/java; set it to the folder of a JDK 24 or newer"
                            .formatted(VARIABLE, home));
        }
        return folder;
    }
}
