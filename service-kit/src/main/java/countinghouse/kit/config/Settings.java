package countinghouse.kit.config;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * Configuration by key. An environment variable ({@code kafka.bootstrap-servers} is {@code COUNTINGHOUSE_KAFKA_BOOTSTRAP_SERVERS}) comes
 * before the properties file that {@code COUNTINGHOUSE_CONFIG} names, which comes before a default. Every error names the key.
 */
public final class Settings {
    /** Names the properties file. */
    public static final String CONFIG_FILE_VARIABLE = "COUNTINGHOUSE_CONFIG";

    private static final String VARIABLE_PREFIX = "COUNTINGHOUSE_";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private Settings(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /** The settings of this process, from its environment and the file that it names. */
    public static Settings ofProcess() {
        Map<String, String> environment = System.getenv();
        String file = environment.get(CONFIG_FILE_VARIABLE);
        return new Settings(environment, file == null ? Map.of() : read(Path.of(file)));
    }

    /** The settings in a properties file, below the process's environment. */
    public static Settings ofFile(Path file) {
        return new Settings(System.getenv(), read(file));
    }

    /** Exactly these settings, whatever the environment says. */
    public static Settings of(Map<String, String> values) {
        return new Settings(Map.of(), Map.copyOf(values));
    }

    /** These settings with some replaced; the replacements win over the environment. */
    public Settings with(Map<String, String> replacements) {
        Map<String, String> merged = new HashMap<>(environment);
        replacements.forEach((key, value) -> merged.put(variableOf(key), value));
        return new Settings(Map.copyOf(merged), file);
    }

    public Optional<String> find(String key) {
        String value = environment.get(variableOf(key));
        return Optional.ofNullable(value == null ? file.get(key) : value).filter(text -> !text.isBlank());
    }

    /**
     * A required text.
     *
     * @throws ConfigurationException if the key is not set
     */
    public String text(String key) {
        return find(key)
                .orElseThrow(() -> new ConfigurationException(
                        "The setting '%s' is missing: start a local platform with 'countinghouse up', set %s, or put it into the file that %s names"
                                .formatted(key, variableOf(key), CONFIG_FILE_VARIABLE)));
    }

    public String text(String key, String fallback) {
        return find(key).orElse(fallback);
    }

    public int integer(String key, int fallback) {
        return parsed(key, Integer::valueOf, "a whole number").orElse(fallback);
    }

    public boolean flag(String key, boolean fallback) {
        return parsed(key, Settings::parseFlag, "true or false").orElse(fallback);
    }

    public Duration duration(String key, Duration fallback) {
        return parsed(key, Duration::parse, "an ISO-8601 duration such as PT1H").orElse(fallback);
    }

    public URI uri(String key) {
        text(key);
        return parsed(key, URI::create, "a URI").orElseThrow();
    }

    private <T> Optional<T> parsed(String key, Function<String, T> parser, String expected) {
        return find(key).map(value -> {
            try {
                return parser.apply(value.trim());
            } catch (IllegalArgumentException | DateTimeParseException e) {
                throw new ConfigurationException(
                        "The setting '%s' is '%s'; it must be %s".formatted(key, value, expected));
            }
        });
    }

    private static Boolean parseFlag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static String variableOf(String key) {
        return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new ConfigurationException("Cannot read the configuration file %s: %s".formatted(file, e));
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return Map.copyOf(values);
    }
}
