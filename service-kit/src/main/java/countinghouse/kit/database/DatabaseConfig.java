package countinghouse.kit.database;

import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How a process reaches PostgreSQL, in its own role.
 *
 * @param url JDBC URL
 * @param user the process's role
 * @param password never logged
 * @param poolSize connections at most
 * @param socketTimeout of one answer; what takes longer is given up with its connection
 */
public record DatabaseConfig(String url, String user, String password, int poolSize, Duration socketTimeout) {
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

    public DatabaseConfig(String url, String user, String password, int poolSize) {
        this(url, user, password, poolSize, SOCKET_TIMEOUT);
    }

    /** The database under a prefix of keys, e.g. {@code postgres}. */
    public static DatabaseConfig from(Settings settings, String prefix) {
        return new DatabaseConfig(
                settings.text(prefix + ".url"),
                settings.text(prefix + ".user"),
                settings.text(prefix + ".password"),
                settings.integer(prefix + ".pool-size", 8),
                settings.duration(prefix + ".socket-timeout", SOCKET_TIMEOUT));
    }

    public static DatabaseConfig from(Settings settings) {
        return from(settings, "postgres");
    }

    /** The same, where somebody waits for the answer. */
    public DatabaseConfig answeringWithin(Duration timeout) {
        return new DatabaseConfig(
                url, user, password, poolSize, timeout.compareTo(socketTimeout) < 0 ? timeout : socketTimeout);
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}
