package countinghouse.kit.database;

import countinghouse.kit.config.Settings;

/**
 * How a process reaches PostgreSQL, in its own role.
 *
 * @param url JDBC URL
 * @param user the process's role
 * @param password never logged
 * @param poolSize connections at most
 */
public record DatabaseConfig(String url, String user, String password, int poolSize) {
    /** The database under a prefix of keys, e.g. {@code postgres}. */
    public static DatabaseConfig from(Settings settings, String prefix) {
        return new DatabaseConfig(
                settings.text(prefix + ".url"),
                settings.text(prefix + ".user"),
                settings.text(prefix + ".password"),
                settings.integer(prefix + ".pool-size", 8));
    }

    public static DatabaseConfig from(Settings settings) {
        return from(settings, "postgres");
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=%s, user=%s, poolSize=%d]".formatted(url, user, poolSize);
    }
}
