package countinghouse.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.billing.BillingException;
import countinghouse.billing.TimeRange;
import countinghouse.billing.forecast.LiveCounts;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What billing may know of live counts while the speed layer cannot be read; the merge itself is tested where it lives. */
class MergedLiveCountsTest {
    private static final String NOBODY_LISTENS = "redis://127.0.0.1:1";
    private static final TimeRange OCTOBER =
            new TimeRange(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));

    @Test
    void shouldEstimateFromWhatIsPublishedAndSayWhatIsMissing() throws IOException, SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            publish(postgres);
            try (LiveCounts counts = LiveCounts.find(settings(postgres.getJdbcUrl("postgres", "postgres")))
                    .orElseThrow()) {
                LiveCounts.Reading reading = counts.read("views", "ann", OCTOBER);

                assertThat(reading.n()).isEqualTo(3);
                assertThat(reading.value()).isEqualByComparingTo("3");
                assertThat(reading.missing())
                        .hasValueSatisfying(missing -> assertThat(missing).contains("speed layer"));
                assertThatThrownBy(() -> counts.read("no_such_meter", "ann", OCTOBER))
                        .hasMessageContaining("no_such_meter");
            }
        }
    }

    @Test
    void shouldRefuseWhatNeitherLayerCanAnswer() {
        try (LiveCounts counts = LiveCounts.find(settings("jdbc:postgresql://127.0.0.1:1/postgres"))
                .orElseThrow()) {
            assertThatThrownBy(() -> counts.read("views", "ann", OCTOBER))
                    .isInstanceOf(BillingException.class)
                    .hasMessageContaining("Live counts cannot be read now");
        }
    }

    private static Settings settings(String postgres) {
        return Settings.of(Map.of(
                "postgres.url",
                postgres,
                "postgres.user",
                "postgres",
                "postgres.password",
                "postgres",
                "redis.url",
                NOBODY_LISTENS));
    }

    private static void publish(EmbeddedPostgres postgres) throws SQLException {
        Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO published.run (run_number, run_id) VALUES (1, 'run')");
            statement.execute("""
                    INSERT INTO published.generation (number, run_id, closed_through, manifest, published_by)
                    VALUES (1, 'run', '2026-10-06T00:00:00Z', '{}', 'test')""");
            statement.execute("INSERT INTO published.generation_day VALUES (1, '2026-10-05', 1)");
            statement.execute("""
                    INSERT INTO published.batch_count (run_number, ingest_day, meter, account, dimensions, cell, n, value, fingerprint)
                    VALUES (1, '2026-10-05', 'views', 'ann', '{}', '2026-10-05T12:00:00Z', 3, 3, decode(repeat('00', 16), 'hex'))""");
            statement.execute("UPDATE published.pointer SET generation = 1");
        }
    }
}
