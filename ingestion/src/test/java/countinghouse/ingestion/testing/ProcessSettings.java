package countinghouse.ingestion.testing;

import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The settings file that this process's environment names, which its commands read, in a folder of its own. */
public final class ProcessSettings {
    private ProcessSettings() {}

    /** Empties the folder and writes the file. */
    public static void write(String properties) throws IOException {
        Path file = Path.of(System.getenv(Settings.CONFIG_FILE_VARIABLE));
        if (Files.exists(folder())) {
            try (Stream<Path> old = Files.walk(folder())) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder());
        Files.writeString(file, properties);
    }

    /** Where the file is, beside which commands keep what they must remember. */
    public static Path folder() {
        return Path.of(System.getenv(Settings.CONFIG_FILE_VARIABLE)).getParent();
    }
}
