package countinghouse.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

class BinaryCopyTest {
    private static final List<String> DECIMALS = List.of(
            "0.000000000",
            "1.000000000",
            "-1.000000000",
            "0.000000001",
            "-0.000100000",
            "9999.999900000",
            "10000.000000000",
            "12345678901234567890123456789.123456789",
            "-99999999999999999999999999999.999999999");

    @Test
    void shouldArriveInPostgresAsItWasSent() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE t (i bigint, x numeric(38, 9), at timestamptz, day date, text text, bytes bytea)");
            copy(connection);

            try (ResultSet row = statement.executeQuery(
                    "SELECT x, at AT TIME ZONE 'UTC' = '1999-12-31 23:59:59.999', day = '1970-01-02', text, bytes FROM t ORDER BY i")) {
                for (String decimal : DECIMALS) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getBigDecimal(1)).isEqualTo(new BigDecimal(decimal));
                    assertThat(row.getBoolean(2)).isTrue();
                    assertThat(row.getBoolean(3)).isTrue();
                    assertThat(row.getString(4)).isEqualTo("ẞ");
                    assertThat(row.getBytes(5)).containsExactly(1, -1);
                }
                assertThat(row.next()).isFalse();
            }
        }
    }

    private static void copy(Connection connection) throws SQLException, IOException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY t FROM STDIN (FORMAT binary)");
        BinaryCopy encoder = new BinaryCopy();
        encoder.begin();
        for (int i = 0; i < DECIMALS.size(); i++) {
            encoder.beginRow(6);
            encoder.putLong(i);
            encoder.putDecimal(new BigDecimal(DECIMALS.get(i)));
            encoder.putInstant(Instant.parse("1999-12-31T23:59:59.999Z").toEpochMilli());
            encoder.putDay(1);
            encoder.putText("ẞ");
            encoder.putBytes(new byte[] {1, -1});
        }
        encoder.end();
        byte[] bytes = encoder.take();
        copy.writeToCopy(bytes, 0, bytes.length);
        assertThat(copy.endCopy()).isEqualTo(DECIMALS.size());
    }
}
