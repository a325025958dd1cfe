package countinghouse.batch.publish;

import countinghouse.kit.database.DatabaseConfig;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * How a Spark task reaches PostgreSQL: by a connection of its own, since a pool cannot be shipped.
 *
 * @param url JDBC URL
 * @param user the batch layer's role
 * @param password never printed
 */
public record TaskDatabase(String url, String user, String password) implements Serializable {
    private static final String CONNECT_TIMEOUT_SECONDS = "5";
    private static final String SOCKET_TIMEOUT_SECONDS = "120";

    public static TaskDatabase of(DatabaseConfig config) {
        return new TaskDatabase(config.url(), config.user(), config.password());
    }

    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
        properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
        return DriverManager.getConnection(url, properties);
    }

    @Override
    public String toString() {
        return "TaskDatabase[url=%s, user=%s]".formatted(url, user);
    }
}
