package countinghouse.kit.config;

/** The configuration is not usable; the message names the key and the remedy in one line. */
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(String message) {
        super(message);
    }
}
