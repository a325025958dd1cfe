package countinghouse.publication;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.command.BatchConfig;
import countinghouse.batch.evidence.EvidenceLine;
import countinghouse.batch.evidence.RawEvidence;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.recompute.DayRange;
import countinghouse.batch.recompute.RecomputeScope;
import countinghouse.batch.reconcile.Reconciled;
import countinghouse.batch.run.Run;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.demo.ApiClient;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.publication.ExpectedTotals.Place;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A running platform, all of it real and in its own processes, whose totals are read without a pause while generations come and go. */
class ReadersDuringPublicationTest {
    private static final Duration BUCKET_WIDTH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int BURST = 20;
    /** The short form: two publishes, a rollback, and a publish on top of it. */
    private static final int MOVES = Boolean.getBoolean("countinghouse.full") ? 100 : 4;
    /** A rollback reaches one generation back, so there are two publishes between two of them. */
    private static final int MOVES_PER_ROLLBACK = 3;

    private static final long SEED = 4;

    @TempDir
    static Path folder;

    private static final ExpectedTotals EXPECTED = new ExpectedTotals();
    private static Platform platform;
    private static Settings settings;
    private static Database database;
    private static EventStream stream;
    private static TotalsReaders readers;
    private static NightlyRuns nights;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformOptions.at(folder).withBucketWidth(BUCKET_WIDTH));
        settings = platform.settings();
        database = Database.open(BatchConfig.databaseFrom(settings));
        KafkaConfig kafka = KafkaConfig.from(settings);
        stream = new EventStream(
                kafka.bootstrapServers(),
                new HttpSchemaRegistry(settings.text("registry.url")),
                kafka.partitions(),
                SEED,
                EXPECTED);
        readers = new TotalsReaders(
                new ApiClient(platform.api(), platform.token(Set.of(AccessRole.ANALYST), Set.of())), EXPECTED);
        nights = new NightlyRuns(BatchConfig.from(settings));
    }

    @AfterAll
    static void stop() {
        Stream.of(readers, stream, nights, database, platform).forEach(ReadersDuringPublicationTest::close);
    }

    @Test
    void shouldShowNobodyATotalThatIsNotTheOraclesWhileGenerationsComeAndGo() {
        stream.flow();
        for (int move = 1; move <= MOVES; move++) {
            String runId = "coming-" + move;
            move(move % MOVES_PER_ROLLBACK == 0 ? nights::rollback : () -> nights.publish(runId));
        }
        stream.stopFlowing();
        settle(EXPECTED::isSettled);

        System.out.printf(
                "%d publishes, %d rollbacks: %,d totals read, %,d of them with one right value, %d wrong%n",
                MOVES - MOVES / MOVES_PER_ROLLBACK,
                MOVES / MOVES_PER_ROLLBACK,
                readers.totals(),
                readers.exact(),
                readers.wrong().size());
        assertThat(readers.wrong()).isEmpty();
        assertThat(readers.exact()).isGreaterThan(MOVES * (long) EventStream.STILL.size());
    }

    @Test
    @EnabledIfSystemProperty(named = "countinghouse.full", matches = "true", disabledReason = "-Pfull runs it")
    void shouldLeaveNoTraceOfABadGenerationThatWasRolledBack() {
        stream.burst(BURST);
        settle(EXPECTED::isSettled);
        long good = nights.publish("good");
        NightlyRuns mistaken = new NightlyRuns(mistakenConfig());
        stream.burst(BURST);
        settle(EXPECTED::isSettled);
        awaitEndOfBucket();
        Place billable = new Place("billable_views", EventStream.STILL.get(0));

        readers.unseen(() -> {
            Run bad = mistaken.count("bad", RecomputeScope.CHANGES);
            Reconciled reconciled = mistaken.reconcile(bad);
            assertThat(reconciled.mismatches()).isPositive();
            long published = mistaken.publish(bad);
            assertThat(readNow(billable, published)).isLessThan(EXPECTED.sent(billable));
            assertThat(nights.rollback()).isEqualTo(good);
            awaitServed(good);
            assertThat(readNow(billable, good)).isEqualByComparingTo(EXPECTED.sent(billable));
        });
        long again = nights.publish("good again");
        awaitServed(again);
        settle(EXPECTED::isSettled);

        Manifest manifest = nights.generations().manifest(again);
        assertThat(manifest.parent()).isEqualTo(good);
        assertThat(manifest.versions())
                .isEqualTo(nights.generations().manifest(good).versions());
        assertThat(number("""
                SELECT count(*) FROM published.generation_day d JOIN published.run r USING (run_number)
                WHERE d.generation = %d AND r.run_id = 'bad'""".formatted(again))).isZero();
        assertThat(number("SELECT sum(mismatches) FROM published.reconciliation WHERE run_id = 'good again'"))
                .isZero();
        assertEvidence(manifest);
        assertSameAsWithoutTheBadOne(again);
        assertThat(readers.wrong()).isEmpty();
    }

    /** A version of the rules by which hardly a view is paid, which only the batch layer was given. */
    private static BatchConfig mistakenConfig() {
        long widthMs = BUCKET_WIDTH.toMillis();
        long effectiveFromMs = (System.currentTimeMillis() / widthMs + 2) * widthMs;
        CountingDocuments documents = new CountingDocuments(Map.of(
                "counting.yaml",
                """
                        versions:
                          - {version: 1, effectiveFrom: beginning, meters: meters.yaml, rules: rules/view-rules-v1.yaml, userAgents: lists/user-agents-v1.yaml, networks: lists/datacentre-networks-v1.yaml}
                          - {version: 2, effectiveFrom: '%s', rules: mistaken.yaml}
                        """.formatted(Instant.ofEpochMilli(effectiveFromMs)),
                "mistaken.yaml",
                "version: 2\nrules: [{id: too-short, seconds: 80000}]"));
        Awaitility.await().atMost(PATIENCE).until(() -> System.currentTimeMillis() > effectiveFromMs);
        return BatchConfig.from(settings).counting(documents);
    }

    /** The evidence of each still account's line adds up to what was sent. */
    private static void assertEvidence(Manifest manifest) {
        long toMs = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
        List<Place> places = EventStream.STILL.stream()
                .flatMap(account -> Stream.of("billable_views", "watch_seconds", "ticket_revenue")
                        .map(meter -> new Place(meter, account)))
                .toList();
        List<EvidenceLine> lines = places.stream()
                .map(place -> new EvidenceLine(place.meter(), place.account(), Optional.empty(), 0, toMs))
                .toList();
        try (RawEvidence evidence = RawEvidence.open(settings)) {
            assertThat(evidence.usage(manifest, lines)).zipSatisfy(places, (line, place) -> assertThat(line.value())
                    .as(place.toString())
                    .isEqualByComparingTo(EXPECTED.sent(place)));
        }
    }

    /** A recomputation of the whole history, which no bad run can have touched, has the same rows and the same conservation. */
    private static void assertSameAsWithoutTheBadOne(long generation) {
        int today = (int) Duration.ofMillis(System.currentTimeMillis()).toDays();
        Run run = nights.count(
                "the whole history", new RecomputeScope(Optional.of(new DayRange(0, today + 1)), List.of()));
        nights.reconcile(run).orFail();
        long whole = nights.publish(run);

        assertThat(texts(rowsOf(whole))).isNotEmpty().isEqualTo(texts(rowsOf(generation)));
        assertThat(texts(conservationOf(whole))).isNotEmpty().isEqualTo(texts(conservationOf(generation)));
    }

    private static String rowsOf(long generation) {
        return """
                SELECT concat_ws('|', c.meter, c.account, c.dimensions, c.cell, c.ingest_day, c.n, c.value, encode(c.fingerprint, 'hex'))
                FROM published.generation_day d JOIN published.batch_count c USING (run_number, ingest_day)
                WHERE d.generation = %d ORDER BY 1""".formatted(generation);
    }

    /** Without the ticks, of which each run adds some. */
    private static String conservationOf(long generation) {
        return """
                SELECT concat_ws('|', topic, partition, archived - ticks, counted, unmetered, duplicates, invalid, undecodable)
                FROM published.conservation WHERE generation = %d ORDER BY 1""".formatted(generation);
    }

    /** A run closes only buckets that have ended. */
    private static void awaitEndOfBucket() {
        long endMs = System.currentTimeMillis() + 2 * BUCKET_WIDTH.toMillis();
        Awaitility.await().atMost(PATIENCE).until(() -> System.currentTimeMillis() > endMs);
    }

    /** A move of the pointer while readers read, which ends when they are served from where it points. */
    private static void move(LongSupplier action) {
        stream.burst(BURST);
        settle(() -> EXPECTED.isSettled(EventStream.STILL));
        awaitServed(action.getAsLong());
        assertThat(readers.wrong()).isEmpty();
    }

    private static void awaitServed(long generation) {
        Awaitility.await("generation %d is served".formatted(generation))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> served() == generation);
    }

    private static long served() {
        return api().get("/api/v1/meters/views/query").path("generation").asLong();
    }

    private static BigDecimal readNow(Place place, long generation) {
        awaitServed(generation);
        return api().get("/api/v1/meters/%s/query?subject=%s".formatted(place.meter(), place.account()))
                .get("data")
                .get(0)
                .get("value")
                .decimalValue();
    }

    private static ApiClient api() {
        return new ApiClient(platform.api(), platform.token(Set.of(AccessRole.ANALYST), Set.of()));
    }

    private static void settle(Callable<Boolean> settled) {
        Awaitility.await("every event is seen")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(settled);
    }

    private static long number(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private static List<String> texts(String sql) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private static void close(AutoCloseable closeable) {
        if (closeable != null) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
