package countinghouse.local.sql;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/** A Trino server, and whom we are to it. */
public final class Trino {
    /** Trino numbers its errors by who is at fault; below this it is the author of the statement. */
    private static final int FIRST_SERVER_ERROR = 0x1_0000;

    private final String url;
    private final Properties login;

    private Trino(String url, Properties login) {
        this.url = url;
        this.login = login;
    }

    /**
     * The server that the settings {@code trino.url}, {@code trino.user} (analyst) and {@code trino.password} name.
     *
     * @throws CommandFailure if they name none
     */
    public static Trino from(Settings settings) {
        String url = settings.text("trino.url", "");
        if (url.isBlank()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no Trino here; start the platform with './countinghouse up --with trino', or set trino.url to another's jdbc:trino://HOST:PORT/countinghouse");
        }
        Properties login = new Properties();
        login.setProperty("user", settings.text("trino.user", "analyst"));
        String password = settings.text("trino.password", "");
        if (!password.isBlank()) {
            login.setProperty("password", password);
            login.setProperty("SSL", "true");
        }
        return new Trino(url, login);
    }

    /**
     * Runs a statement and hands over its rows as they come.
     *
     * @param output makes the taker of the rows once the columns are known
     * @throws CommandFailure with what Trino says
     */
    public void ask(String sql, Function<List<String>, ResultWriter> output) {
        try (Connection connection = DriverManager.getConnection(url, login);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                names.add(rows.getMetaData().getColumnLabel(i));
            }
            ResultWriter writer = output.apply(names);
            while (rows.next()) {
                List<Object> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    row.add(ResultValue.read(rows, i));
                }
                writer.row(row);
            }
            writer.end();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private CommandFailure failure(SQLException e) {
        String reason = String.valueOf(e.getMessage()).strip();
        if (isUnreachable(e)) {
            return new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot reach Trino at %s (%s); './countinghouse status' says whether it runs, './countinghouse up --with trino' starts it"
                            .formatted(url, reason),
                    e);
        }
        boolean ours = e.getErrorCode() > 0 && e.getErrorCode() < FIRST_SERVER_ERROR;
        return new CommandFailure(ours ? ExitCode.BAD_INPUT : ExitCode.TEMPORARY, "Trino did not answer: " + reason, e);
    }

    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
