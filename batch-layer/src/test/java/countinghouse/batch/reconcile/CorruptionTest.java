package countinghouse.batch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.catalog.CountsRows;
import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.Nights;
import countinghouse.batch.testing.RowFile;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.kit.config.Settings;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.schemas.RedisKeys;
import countinghouse.testing.command.CommandOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Single rows are changed behind the platform's back, in Redis, in a file of Iceberg's and in PostgreSQL. */
class CorruptionTest {
    private static final String RUN = "sound";
    private static final String METER = "ticket_revenue";
    private static final int EVENTS = 40;

    @TempDir
    static Path directory;

    private static TestPlatform platform;
    private static Nights nights;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(directory);
        nights = new Nights(platform);
        try (EventFeed feed = new EventFeed(platform.bootstrapServers())) {
            feed.send(0, EVENTS);
        }
        CommandOutcome run = nights.run(RUN);
        assertThat(run.status()).as(run.errors()).isZero();
        CommandOutcome reconcile = nights.step("reconcile", RUN);
        assertThat(reconcile.status()).as(reconcile.errors()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        platform.close();
    }

    @Test
    void shouldFindAndNameOneRowOfRedisAndOneOfTheArchive() throws Exception {
        RowKey live = corruptRedis();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()))) {
            RowFile file = RowFile.with(catalog.counts(), runNumber(), RowFile.of(METER, "account-2"));
            List<Record> sound = file.rows();
            Record before = file.change(
                    RowFile.of(METER, "account-2"),
                    row -> row.setField(CountsSchema.N, (Long) row.getField(CountsSchema.N) + 1));
            RowKey archived = CountsRows.key(before);

            CommandOutcome reconcile = nights.step("reconcile", RUN);

            assertThat(reconcile.status()).as(reconcile.errors()).isEqualTo(1);
            assertThat(reconcile.errors())
                    .contains("value-differs=2", "published-differs=1")
                    .contains(line(live, "account-1"))
                    .contains(line(archived, "account-2"));
            assertThat(named("value-differs"))
                    .isEqualTo(Map.of("account-1", bucketOf(live), "account-2", bucketOf(archived)));
            assertThat(named("published-differs")).containsOnlyKeys("account-2");
            file.write(sound);
        }
        assertSound();
    }

    @Test
    void shouldFindOtherEventsWithTheSameValue() {
        try (Jedis redis = platform.redis()) {
            String hash = RedisKeys.rows("account-3", METER, 1);
            Map.Entry<String, String> row =
                    redis.hgetAll(hash).entrySet().iterator().next();
            String[] parts = row.getValue().split("\\|");
            char digit = parts[2].charAt(0) == '0' ? '1' : '0';
            redis.hset(hash, row.getKey(), parts[0] + "|" + parts[1] + "|" + digit + parts[2].substring(1));
        }

        CommandOutcome reconcile = nights.step("reconcile", RUN);

        assertThat(reconcile.status()).isEqualTo(1);
        assertThat(named("fingerprint-differs")).containsOnlyKeys("account-3");
        assertThat(named("value-differs")).isEmpty();
        assertSound();
    }

    @Test
    void shouldFindWhatPostgresServesAndTheRunDidNotCount() {
        platform.database().jdbi().useHandle(handle -> {
            handle.execute("CREATE TABLE kept AS SELECT * FROM published.batch_count");
            handle.execute(
                    "UPDATE published.batch_count SET value = value + 0.01 WHERE meter = ? AND account = ?",
                    METER,
                    "account-1");
            handle.execute("DELETE FROM published.batch_count WHERE meter = ? AND account = ?", METER, "account-2");
            handle.execute("""
                    INSERT INTO published.batch_count
                    SELECT run_number, ingest_day, meter, 'nobody', dimensions, cell, n, value, fingerprint, sketch
                    FROM kept WHERE meter = ? AND account = ?""", METER, "account-3");
        });

        CommandOutcome reconcile = nights.step("reconcile", RUN);

        assertThat(reconcile.status()).isEqualTo(1);
        assertThat(reconcile.errors()).doesNotContain("value-differs");
        assertThat(named("published-differs")).containsOnlyKeys("account-1");
        assertThat(named("missing-in-published")).containsOnlyKeys("account-2");
        assertThat(named("published-only")).containsOnlyKeys("nobody");
        platform.database().jdbi().useHandle(handle -> {
            handle.execute("TRUNCATE published.batch_count");
            handle.execute("INSERT INTO published.batch_count SELECT * FROM kept");
        });
        assertSound();
    }

    private static RowKey corruptRedis() {
        try (Jedis redis = platform.redis()) {
            String hash = RedisKeys.rows("account-1", METER, 1);
            Map.Entry<String, String> row =
                    redis.hgetAll(hash).entrySet().iterator().next();
            redis.hset(hash, row.getKey(), row.getValue().replaceFirst("\\|[0-9.]+\\|", "|0.01|"));
            return RowText.key(METER, "account-1", row.getKey());
        }
    }

    /** After everything is put right, nothing is left of what was found. */
    private static void assertSound() {
        nights.writeSpeedRows();
        CommandOutcome reconcile = nights.step("reconcile", RUN);
        assertThat(reconcile.status()).as(reconcile.errors()).isZero();
        assertThat(nights.number("SELECT count(*) FROM published.reconciliation_row"))
                .isZero();
    }

    private static String line(RowKey key, String account) {
        return "%s of '%s' %s, bucket %s, cell %s, %s"
                .formatted(
                        METER,
                        account,
                        key.dimensions(),
                        Instant.ofEpochMilli(key.bucketMs()),
                        Instant.ofEpochMilli(key.cellMs()),
                        key.partition());
    }

    private static Instant bucketOf(RowKey key) {
        return Instant.ofEpochMilli(key.bucketMs());
    }

    /** The rows with a reason that the last reconciliation named: account to bucket. */
    private static Map<String, Instant> named(String reason) {
        Map<String, Instant> named = new TreeMap<>();
        platform.database().jdbi().useHandle(handle -> handle.createQuery("""
                        SELECT account, bucket FROM published.reconciliation_row
                        WHERE run_id = :run AND reason = :reason AND meter = :meter""")
                .bind("run", RUN)
                .bind("reason", reason)
                .bind("meter", METER)
                .map((row, context) ->
                        Map.entry(row.getString(1), row.getTimestamp(2).toInstant()))
                .forEach(entry -> named.put(entry.getKey(), entry.getValue())));
        return named;
    }

    private static long runNumber() {
        return nights.number("SELECT run_number FROM published.run WHERE run_id = '%s'".formatted(RUN));
    }
}
