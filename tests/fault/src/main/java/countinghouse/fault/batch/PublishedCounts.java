package countinghouse.fault.batch;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The generation that is served, read from PostgreSQL by the tables in docs/architecture/contracts.md. */
final class PublishedCounts {
    private static final String CLOSED_THROUGH = """
        SELECT g.closed_through FROM published.pointer p JOIN published.generation g ON g.number = p.generation\
        """;

    private static final String ROWS = """
        SELECT c.meter, c.account, c.dimensions, c.cell, c.ingest_day, c.n, c.value, c.fingerprint
          FROM published.pointer p
          JOIN published.generation_day d ON d.generation = p.generation
          JOIN published.batch_count c ON c.run_number = d.run_number AND c.ingest_day = d.ingest_day\
        """;

    private final String url;
    private final String user;
    private final String password;

    PublishedCounts(Settings settings) {
        this.url = settings.text("batch.postgres.url");
        this.user = settings.text("batch.postgres.user");
        this.password = settings.text("batch.postgres.password");
    }

    /** Exclusive end of the last bucket that is counted. */
    Instant closedThrough() {
        return read(CLOSED_THROUGH, row -> {
            if (!row.next()) {
                throw new SQLException("nothing is published");
            }
            return row.getTimestamp(1).toInstant();
        });
    }

    /** Every row, as {@code published METER ACCOUNT CELL DAY DIMENSIONS} to {@code n|value|fingerprint}. */
    Map<String, String> rows() {
        return read(ROWS, row -> {
            Map<String, String> rows = new HashMap<>();
            while (row.next()) {
                String place = place(
                        row.getString("meter"),
                        row.getString("account"),
                        row.getTimestamp("cell").toInstant().toEpochMilli(),
                        row.getString("ingest_day"),
                        row.getString("dimensions"));
                String value = row.getBigDecimal("value").signum() == 0
                        ? "0"
                        : row.getBigDecimal("value").stripTrailingZeros().toPlainString();
                rows.put(
                        place,
                        row.getLong("n") + "|" + value + "|" + HexFormat.of().formatHex(row.getBytes("fingerprint")));
            }
            return rows;
        });
    }

    static String place(String meter, String account, long cellMs, String day, String dimensions) {
        return "published %s %s %d %s %s".formatted(meter, account, cellMs, day, dimensions);
    }

    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private <T> T read(String sql, Reader<T> reader) {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return reader.read(rows);
        } catch (SQLException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot read the published counts: %s".formatted(e.getMessage()), e);
        }
    }
}
