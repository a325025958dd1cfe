package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.evidence.EvidenceEvent;
import countinghouse.batch.evidence.EvidenceLine;
import countinghouse.batch.evidence.EvidencePage;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.evidence.RawEvidence;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.run.AdvisoryLock;
import countinghouse.batch.testing.Batch;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.SpeedOracle;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.kit.config.Settings;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.testing.broker.TestBrokerProcess;
import countinghouse.testing.command.CommandOutcome;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Every command, on a real broker, registry protocol, Redis, PostgreSQL, Iceberg catalog and Spark. */
class BatchCommandsTest {
    private static final int EVENTS = 40;
    private static final int TYPES = EventType.values().length;

    @TempDir
    static Path directory;

    private static TestPlatform platform;
    private static EventFeed feed;
    private static SpeedOracle oracle;
    private static int nextId;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(directory);
        feed = new EventFeed(platform.bootstrapServers());
        oracle = new SpeedOracle(platform.bootstrapServers(), TestPlatform.BUCKET_WIDTH, CountingSchedule.standard());
        send();
        feed.sendRubbish();
        assertThat(seal("first").status()).isZero();
        writeSpeedRows();
        CommandOutcome run = Batch.run("run", "--run-id", "first", "--json");
        assertThat(run.status()).as(run.errors()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        feed.close();
        platform.close();
    }

    @Test
    void shouldPublishEveryEventOnceWithNothingLost() throws Exception {
        long first = numberOf("first");

        assertThat(value(first, "views")).isEqualByComparingTo(BigDecimal.valueOf(EVENTS));
        assertThat(value(first, "watch_seconds")).isEqualByComparingTo(BigDecimal.valueOf(60L * EVENTS));
        assertThat(value(first, "ticket_revenue"))
                .isEqualByComparingTo(new BigDecimal("12.5").multiply(BigDecimal.valueOf(EVENTS)));
        String sums = """
                SELECT sum(archived) || ' ' || sum(counted) || ' ' || sum(unmetered) || ' ' || sum(duplicates) || ' '
                    || sum((SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(invalid))) || ' ' || sum(undecodable)
                FROM published.conservation WHERE generation = """;
        assertThat(text(sums + first))
                .isEqualTo("%d %d %d %d 1 1"
                        .formatted(2 * TYPES * EVENTS + 2, (TYPES - 1) * EVENTS, EVENTS, TYPES * EVENTS));
    }

    @Test
    void shouldKeepRepetitionsOutOfBillingAndExplainTheDifferenceToTheSpeedLayer() {
        long first = numberOf("first");

        assertThat(value(first, "billable_views")).isEqualByComparingTo(BigDecimal.valueOf(EventFeed.ACCOUNTS));
        assertThat(value(first, "excluded_views"))
                .isEqualByComparingTo(BigDecimal.valueOf(EVENTS - EventFeed.ACCOUNTS));
        assertThat(text("SELECT sum(mismatches) FROM published.reconciliation WHERE run_id = 'first'"))
                .isEqualTo("0");
        assertThat(
                        text(
                                "SELECT sum((reasons ->> 'history-rules')::int) > 0 FROM published.reconciliation WHERE run_id = 'first'"))
                .isEqualTo("t");
    }

    @Test
    void shouldGoOnFromEachStepAndRollBack() throws Exception {
        send();
        assertThat(seal("second").status()).isZero();
        writeSpeedRows();
        for (String step : List.of("archive", "gate raw", "recompute", "gate counts", "reconcile", "publish")) {
            CommandOutcome once = step(step, "second");
            assertThat(once.status()).as(step + once.errors()).isZero();
        }
        assertThat(step("archive", "second").json().get("records").asLong()).isEqualTo(2L * TYPES * EVENTS + ticks());
        JsonNode published = step("publish", "second").json();

        JsonNode served = CommandOutcome.countinghouse(new RollbackCommand(), "rollback", "--json")
                .json();
        CommandOutcome list = CommandOutcome.countinghouse(new GenerationsCommand(), "generations");
        CommandOutcome again = CommandOutcome.countinghouse(new RollbackCommand(), "rollback");

        assertThat(again.status()).isEqualTo(2);
        assertThat(again.errors()).contains("one can go back one generation only");
        assertThat(served.get("number").asLong())
                .isLessThan(published.get("generation").asLong());
        assertThat(list.output()).contains("* " + served.get("number")).contains("(run second)");
    }

    @Test
    void shouldSayWhichRowsDifferFromTheSpeedLayer() throws Exception {
        send();
        assertThat(seal("differs").status()).isZero();
        writeSpeedRows();
        try (Jedis redis = platform.redis()) {
            String views = "ch:{account-1}:rows:views:1";
            String field = redis.hkeys(views).iterator().next();
            redis.hset(views, field, redis.hget(views, field).replaceFirst("^\\d+\\|\\d+", "99|99"));
            redis.del("ch:{account-2}:rows:views:1");
            redis.hset("ch:{nobody}:rows:views:1", field, "1|1|" + Fingerprint.ZERO.toHex());
            redis.sadd("ch:accounts:1", "nobody");
        }

        CommandOutcome run = Batch.run("run", "--run-id", "differs", "--without-publish");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors())
                .contains("missing-in-batch")
                .contains("missing-in-speed")
                .contains("value-differs=1");
        assertThat(text("SELECT count(*) FROM published.generation WHERE run_id = 'differs'"))
                .isEqualTo("0");
    }

    @Test
    void shouldWaitForTheSpeedLayerOnlySoLong() throws Exception {
        assertThat(seal("behind").status()).isZero();
        try (Jedis redis = platform.redis()) {
            redis.flushAll();
        }

        CommandOutcome run = Batch.run("run", "--run-id", "behind", "--without-publish");

        assertThat(run.status()).isEqualTo(75);
        assertThat(run.errors()).contains("The speed layer has not caught up");
    }

    @Test
    void shouldLeaveTheArchiveToTheProcessThatIsAtIt() {
        assertThat(seal("locked").status()).isZero();
        try (AdvisoryLock held = AdvisoryLock.take(platform.database(), "countinghouse archive")) {
            assertThat(held).isNotNull();
            CommandOutcome archive = step("archive", "locked");

            assertThat(archive.status()).isEqualTo(75);
            assertThat(archive.errors()).contains("Another process is at 'countinghouse archive'");
        }
    }

    @Test
    void shouldNameTheStepThatIsMissing() {
        assertThat(step("recompute", "nobody-began-it").errors()).contains("There is no run 'nobody-began-it'");
        assertThat(seal("sealed-only").status()).isZero();
        CommandOutcome recompute = step("recompute", "sealed-only");

        assertThat(recompute.status()).isEqualTo(2);
        assertThat(recompute.errors()).contains("run 'batch archive --run-id sealed-only' first");
        assertThat(Batch.run("recompute", "--from", "2026-01-02", "--to", "2026-01-01")
                        .status())
                .isEqualTo(2);
    }

    @Test
    void shouldLeadFromPublishedCountsToTheirRawEvents() {
        long number = numberOf("first");
        Manifest manifest = new Generations(platform.database()).manifest(number);
        long toMs = Instant.now().toEpochMilli() + 3_600_000;
        EvidenceLine views = new EvidenceLine("views", EventFeed.ACCOUNT, Optional.empty(), 0, toMs);
        EvidenceLine revenue = new EvidenceLine("ad_revenue", EventFeed.PAYEE, Optional.of("payee"), 0, toMs);
        EvidenceLine billable = new EvidenceLine("billable_views", EventFeed.ACCOUNT, Optional.empty(), 0, toMs);
        EvidenceLine none = new EvidenceLine("views", "nobody", Optional.empty(), 0, toMs);
        try (RawEvidence evidence = RawEvidence.open(Settings.ofProcess())) {
            List<LineEvidence> usage = evidence.usage(manifest, List.of(views, revenue, none, billable));

            assertThat(usage.get(0).value()).isEqualByComparingTo(value(number, "views' AND account = 'account-1"));
            assertThat(usage.get(0).n()).isEqualTo(EVENTS / 5);
            assertThat(usage.get(1).value()).isEqualByComparingTo(value(number, "ad_revenue"));
            assertThat(usage.get(2).n()).isZero();
            assertThat(usage.get(3).n()).isEqualTo(1);
            assertThat(pages(evidence, manifest, revenue))
                    .hasSize((int) usage.get(1).n())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldKeepWhatAGenerationIsMadeOfFromExpiry() {
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()))) {
            Manifest first = new Generations(platform.database()).manifest(1);
            Table raw = catalog.raw(EventType.VIEW);
            raw.expireSnapshots()
                    .expireOlderThan(System.currentTimeMillis())
                    .retainLast(1)
                    .commit();
            raw.refresh();

            assertThat(raw.refs().get(first.tag()).snapshotId())
                    .isEqualTo(first.snapshots().get("raw.view"));
            assertThat(raw.snapshot(first.snapshots().get("raw.view"))).isNotNull();
        }
    }

    private static List<EvidenceEvent> pages(RawEvidence evidence, Manifest manifest, EvidenceLine line) {
        List<EvidenceEvent> all = new ArrayList<>();
        String after = "";
        for (EvidencePage page = evidence.events(manifest, line, after, 7); ; ) {
            all.addAll(page.events());
            if (page.next().isEmpty()) {
                return all;
            }
            after = page.next().orElseThrow();
            page = evidence.events(manifest, line, after, 7);
        }
    }

    private static long numberOf(String runId) {
        return new Generations(platform.database())
                .list().stream()
                        .filter(generation -> generation.runId().equals(runId))
                        .findFirst()
                        .orElseThrow()
                        .number();
    }

    private static void send() {
        feed.send(nextId, EVENTS);
        nextId += EVENTS;
    }

    /** A seal closes only buckets that have ended, so the events' own must end first. */
    private static CommandOutcome seal(String runId) {
        long sentBy = System.currentTimeMillis();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> System.currentTimeMillis() > sentBy + 2 * TestPlatform.BUCKET_WIDTH.toMillis());
        return Batch.run("seal", "--run-id", runId);
    }

    private static void writeSpeedRows() {
        try (Jedis redis = platform.redis()) {
            oracle.write(redis);
        }
    }

    private static CommandOutcome step(String step, String runId) {
        List<String> arguments = new ArrayList<>(List.of(step.split(" ", -1)));
        arguments.addAll(List.of("--run-id", runId, "--json"));
        return Batch.run(arguments.toArray(String[]::new));
    }

    /** Ticks since the archive before: those of the other tests' seals depend on the order of the tests. */
    private static long ticks() {
        String sql = """
                SELECT (state -> 'archive' ->> 'records')::bigint - %d FROM published.run WHERE run_id = 'second'""".formatted(2L * TYPES * EVENTS);
        long ticks = Long.parseLong(text(sql));
        assertThat(Set.of(0L)).contains(ticks % (TYPES * (long) TestBrokerProcess.PARTITIONS));
        return ticks;
    }

    private static BigDecimal value(long generation, String meter) {
        return new BigDecimal(text("""
                        SELECT sum(c.value) FROM published.batch_count c
                        JOIN published.generation_day d ON d.run_number = c.run_number AND d.ingest_day = c.ingest_day
                        WHERE d.generation = %d AND c.meter = '%s'""".formatted(generation, meter)));
    }

    private static String text(String sql) {
        return platform.database().jdbi().withHandle(handle -> handle.createQuery(sql)
                .mapTo(String.class)
                .one());
    }
}
