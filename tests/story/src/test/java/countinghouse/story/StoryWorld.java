package countinghouse.story;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.archive.ChosenTimes;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.command.BatchConfig;
import countinghouse.batch.command.BatchSession;
import countinghouse.batch.recompute.RecomputeScope;
import countinghouse.batch.run.Run;
import countinghouse.batch.seal.Sealed;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingDatabase;
import countinghouse.billing.verify.EvidenceProvider;
import countinghouse.billing.verify.EvidenceSource;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Everything between the archive and an invoice, real: Iceberg tables in a local folder, Spark, PostgreSQL, the batch layer's steps and
 * billing in its own role. Only the broker is missing, whose append times the story chooses.
 */
final class StoryWorld implements AutoCloseable {
    private static final Duration BUCKET_WIDTH = Duration.ofHours(1);
    private static final String BILLING_ROLE = "countinghouse_billing";

    private final EmbeddedPostgres postgres;
    private final IcebergCatalog catalog;
    private final BatchSession batch;
    private final Billing billing;
    private final StoryClock clock;
    private final EventLog log;
    private final ChosenTimes archive;
    private LocalDate firstOpenDay;

    private StoryWorld(Path directory, Path plans, Instant start) throws IOException {
        postgres = EmbeddedPostgres.start();
        Jdbi owner = Jdbi.create(postgres.getPostgresDatabase());
        owner.useHandle(handle -> handle.execute("CREATE ROLE " + BILLING_ROLE + " LOGIN PASSWORD 'billing'"));
        owner.useHandle(handle -> handle.execute("CREATE SCHEMA iceberg"));
        Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
        BillingDatabase.migrate(postgres.getPostgresDatabase(), BILLING_ROLE);
        Settings settings = settings(directory, plans);
        clock = new StoryClock(start);
        firstOpenDay = LocalDate.ofInstant(start, ZoneOffset.UTC).minusDays(1);
        BuiltInSchemas schemas = new BuiltInSchemas();
        log = new EventLog(schemas);
        catalog = IcebergCatalog.open(IcebergConfig.from(settings));
        archive = new ChosenTimes(catalog, schemas, BUCKET_WIDTH);
        // One Spark session lives through all runs here; production has one per run, which has no tables of last month
        // to remember.
        System.setProperty("spark.sql.catalog." + IcebergConfig.CATALOG + ".cache-enabled", "false");
        batch = BatchSession.open(BatchConfig.from(settings), "local[2]");
        EvidenceSource evidence = EvidenceProvider.find(settings).orElseThrow();
        billing = Billing.open(settings, Optional.of(evidence), clock);
    }

    static StoryWorld begin(Path directory, Path plans, Instant start) throws IOException {
        return new StoryWorld(directory, plans, start);
    }

    /** What happens in the world outside. */
    EventLog log() {
        return log;
    }

    Billing billing() {
        return billing;
    }

    StoryClock clock() {
        return clock;
    }

    /** The database as its owner can tamper with it. */
    Jdbi owner() {
        return Jdbi.create(postgres.getPostgresDatabase());
    }

    /** The nightly run at an instant: everything that was appended before it is archived, counted and published. */
    long publish(Instant closedThrough) {
        clock.moveTo(closedThrough);
        Run run = batch.runs().findOrBegin("story-" + LocalDate.ofInstant(closedThrough, ZoneOffset.UTC));
        batch.runs().record(run, Sealed.STEP, new Sealed(closedThrough.toEpochMilli(), Map.of()));
        batch.runs().record(run, Archived.STEP, archive.archive(run.id(), log.takeSealed(closedThrough)));
        batch.rawGate().judge(run, firstOpenDay, false).orFail();
        batch.recompute().recompute(run, RecomputeScope.CHANGES);
        batch.countsGate().judge(run, false).orFail();
        firstOpenDay = LocalDate.ofInstant(closedThrough, ZoneOffset.UTC);
        return batch.publish().publish(run, "story").generation();
    }

    private Settings settings(Path directory, Path plans) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", "127.0.0.1:1",
                "kafka.partitions", Integer.toString(EventLog.PARTITIONS),
                "registry.url", "http://127.0.0.1:1",
                "redis.url", "redis://127.0.0.1:1",
                "counting.bucket-width", BUCKET_WIDTH.toString(),
                "iceberg.warehouse", directory.resolve("warehouse").toUri().toString(),
                "billing.plans", plans.toString()));
        String url = postgres.getJdbcUrl("postgres", "postgres");
        account(settings, "postgres", url, "postgres", "postgres");
        account(settings, "iceberg.catalog", url + "&currentSchema=iceberg", "postgres", "postgres");
        account(settings, "billing.postgres", postgres.getJdbcUrl(BILLING_ROLE, "postgres"), BILLING_ROLE, "billing");
        return Settings.of(settings);
    }

    private static void account(Map<String, String> settings, String prefix, String url, String user, String password) {
        settings.put(prefix + ".url", url);
        settings.put(prefix + ".user", user);
        settings.put(prefix + ".password", password);
    }

    @Override
    public void close() throws IOException {
        billing.close();
        batch.close();
        catalog.close();
        postgres.close();
    }
}
