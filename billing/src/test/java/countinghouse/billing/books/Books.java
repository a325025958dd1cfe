package countinghouse.billing.books;

import countinghouse.billing.BillingDatabase;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Migrations;
import countinghouse.metering.row.Fingerprint;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A real PostgreSQL with the published counts of generations, and billing in a role that may only do what it needs. */
public final class Books implements AutoCloseable {
    public static final String SECRET = "a secret of the tests, thirty-two characters and more";
    private static final String ROLE = "countinghouse_billing";

    private final EmbeddedPostgres postgres;

    public Books() {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        owner().useHandle(handle -> handle.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD 'billing'"));
        Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
        BillingDatabase.migrate(postgres.getPostgresDatabase(), ROLE);
    }

    /** Everything as it is before the first account. */
    public void reset() {
        owner().useHandle(handle -> handle.execute("""
                DO $$ BEGIN
                    EXECUTE (SELECT 'TRUNCATE ' || string_agg('billing.' || quote_ident(tablename), ', ') || ' CASCADE'
                        FROM pg_tables WHERE schemaname = 'billing' AND tablename NOT IN ('schema_history', 'ledger_head'));
                END $$;
                UPDATE billing.ledger_head SET number = 0, hash = decode(repeat('00', 32), 'hex');
                UPDATE published.pointer SET generation = NULL;
                TRUNCATE published.batch_count, published.reconciliation, published.conservation, published.pointer_move, published.erasure;
                DELETE FROM published.generation_day; DELETE FROM published.generation; DELETE FROM published.run;
                """));
    }

    /** The settings of a billing process, in its own role. */
    public Settings settings() {
        return Settings.of(settingsMap());
    }

    /** The same, to be added to. */
    public Map<String, String> settingsMap() {
        return Map.of(
                "postgres.url", postgres.getJdbcUrl(ROLE, "postgres"),
                "postgres.user", ROLE,
                "postgres.password", "billing",
                "billing.grace", "PT0S",
                "billing.batch-size", "2",
                "http.port", "0",
                "auth.jwt-secret", SECRET);
    }

    /** The database as its owner sees it: everything can be tampered with. */
    public Jdbi owner() {
        return Jdbi.create(postgres.getPostgresDatabase());
    }

    /** Publishes a generation with these counts, which become the current ones. */
    public void publish(long number, Instant closedThrough, List<Count> counts) {
        owner().useTransaction(handle -> {
            long run = handle.createQuery("INSERT INTO published.run (run_id) VALUES (:run) RETURNING run_number")
                    .bind("run", "run-" + number)
                    .mapTo(Long.class)
                    .one();
            LocalDate day = LocalDate.ofInstant(closedThrough, ZoneOffset.UTC);
            handle.createUpdate("""
                            INSERT INTO published.generation (number, run_id, closed_through, manifest, published_by)
                            VALUES (:number, :run, :closed, '{"versions": {"meters": 1}}', 'test')
                            """)
                    .bind("number", number)
                    .bind("run", "run-" + number)
                    .bind("closed", closedThrough.atOffset(ZoneOffset.UTC))
                    .execute();
            handle.execute("INSERT INTO published.generation_day VALUES (?, ?, ?)", number, day, run);
            counts.forEach(count -> insert(handle, run, day, count));
            handle.execute("UPDATE published.pointer SET generation = ?", number);
        });
    }

    private static void insert(Handle handle, long run, LocalDate day, Count count) {
        handle.createUpdate("""
                        INSERT INTO published.batch_count VALUES
                            (:run, :day, :meter, :account, :dimensions, :cell, :n, :value, :fingerprint)
                        """)
                .bind("run", run)
                .bind("day", day)
                .bind("meter", count.meter())
                .bind("account", count.account())
                .bind("dimensions", count.dimensions())
                .bind("cell", count.cell().atOffset(ZoneOffset.UTC))
                .bind("n", count.n())
                .bind("value", new BigDecimal(count.value()))
                .bind("fingerprint", count.fingerprint().toBytes())
                .execute();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    /** A row of published counts. */
    public record Count(
            String meter,
            String account,
            String dimensions,
            Instant cell,
            long n,
            String value,
            Fingerprint fingerprint) {
        /** A row whose fingerprint follows from its cell and number. */
        public static Count of(String meter, String account, String cell, long n, String value) {
            Instant start = Instant.parse(cell);
            return new Count(meter, account, "{}", start, n, value, new Fingerprint(-n, -start.toEpochMilli()));
        }

        public Count with(String newDimensions) {
            return new Count(meter, account, newDimensions, cell, n, value, fingerprint);
        }
    }
}
