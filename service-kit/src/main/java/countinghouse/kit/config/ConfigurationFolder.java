package countinghouse.kit.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The documents by which a deployment changes what is counted: the YAML files of the folder that {@code counting.configuration} names. */
public final class ConfigurationFolder {
    /** Names the folder; without it the standard configuration counts. */
    public static final String SETTING = "counting.configuration";

    private ConfigurationFolder() {}

    /**
     * What the folder's documents say.
     *
     * @param parser of the texts by path; of none without the setting
     * @throws ConfigurationException if the folder cannot be read, or the parser refuses what is in it
     */
    public static <T> T parse(Settings settings, Function<Map<String, String>, T> parser) {
        try {
            return parser.apply(read(settings));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("The configuration in '%s' (%s) cannot be used: %s"
                    .formatted(settings.find(SETTING).orElse("this build"), SETTING, e.getMessage()));
        }
    }

    /**
     * The texts of the folder's YAML files by their path within it, with {@code /} between names; empty without the setting.
     *
     * @throws ConfigurationException if the folder cannot be read
     */
    static Map<String, String> read(Settings settings) {
        Map<String, String> texts = new TreeMap<>();
        settings.find(SETTING).map(Path::of).ifPresent(folder -> {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                    String name = folder.relativize(file).toString().replace('\\', '/');
                    texts.put(name, Files.readString(file));
                }
            } catch (IOException e) {
                throw new ConfigurationException("The setting '%s' names the folder '%s', which cannot be read (%s)"
                        .formatted(SETTING, folder, e));
            }
        });
        return texts;
    }
}
