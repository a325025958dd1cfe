package countinghouse.batch.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.evidence.EvidenceLine;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.evidence.RawEvidence;
import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.Nights;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.kit.config.Settings;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A meter that is added while the platform runs. */
class ConfigurationChangeTest {
    private static final int EVENTS = 10;

    @TempDir
    static Path directory;

    private static TestPlatform platform;
    private static EventFeed feed;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(directory);
        feed = new EventFeed(platform.bootstrapServers());
    }

    @AfterAll
    static void stop() throws Exception {
        feed.close();
        platform.close();
    }

    @Test
    void shouldCountANewMeterFromItsBucketOnGiveItItsPastAndKeepToThePins() throws Exception {
        feed.send(0, EVENTS);
        assertThat(run("before", CountingSchedule.standard()).status()).isZero();

        Map<String, String> documents = addMeterFromTheNextBucketOn();
        CountingSchedule changed = CountingSchedule.of(documents);
        feed.send(EVENTS, EVENTS);
        CommandOutcome after = run("after", changed);
        assertThat(after.status()).as(after.errors()).isZero();
        assertThat(value("after", "plays")).isEqualByComparingTo(BigDecimal.valueOf(EVENTS));
        assertThat(value("after", "views")).isEqualByComparingTo(BigDecimal.valueOf(2L * EVENTS));

        CommandOutcome backfill = run("backfill", changed, "--backfill", "plays");
        assertThat(backfill.status()).as(backfill.errors()).isZero();
        assertThat(value("backfill", "plays")).isEqualByComparingTo(BigDecimal.valueOf(2L * EVENTS));
        CommandOutcome later = run("later", changed, "--full");
        assertThat(later.status()).as(later.errors()).isZero();
        assertThat(value("later", "plays")).isEqualByComparingTo(BigDecimal.valueOf(2L * EVENTS));

        assertThat(evidence("after", "plays")).isEqualTo(EVENTS / EventFeed.ACCOUNTS);
        assertThat(evidence("later", "plays")).isEqualTo(2L * EVENTS / EventFeed.ACCOUNTS);
        assertThat(evidence("before", "views")).isEqualTo(EVENTS / EventFeed.ACCOUNTS);

        Path meters = directory.resolve("configuration/meters-v2.yaml");
        Files.writeString(meters, Files.readString(meters) + "# An edit of what has taken effect.\n");
        CommandOutcome edited = run("edited", changed);
        assertThat(edited.status()).isEqualTo(2);
        assertThat(edited.errors()).contains("Version 2").contains("restore its documents");
    }

    private static Map<String, String> addMeterFromTheNextBucketOn() throws IOException {
        long widthMs = TestPlatform.BUCKET_WIDTH.toMillis();
        long effectiveFromMs = (System.currentTimeMillis() / widthMs + 2) * widthMs;
        Map<String, String> documents = Map.of(
                "meters-v2.yaml",
                shipped("/meters.yaml") + "\n  - {slug: plays, eventType: video.view, aggregation: COUNT}\n",
                "counting.yaml",
                shipped("/counting.yaml")
                        + "\n  - {version: 2, effectiveFrom: '%s', meters: meters-v2.yaml}\n"
                                .formatted(Instant.ofEpochMilli(effectiveFromMs)));
        Path folder = Files.createDirectories(directory.resolve("configuration"));
        for (Map.Entry<String, String> document : documents.entrySet()) {
            Files.writeString(folder.resolve(document.getKey()), document.getValue());
        }
        platform.set("counting.configuration", folder.toString());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> System.currentTimeMillis() > effectiveFromMs);
        return documents;
    }

    private static CommandOutcome run(String runId, CountingSchedule schedule, String... options) {
        return new Nights(platform, schedule).run(runId, options);
    }

    private static Generation generation(String runId) {
        return new Generations(platform.database())
                .list().stream()
                        .filter(generation -> generation.runId().equals(runId))
                        .findFirst()
                        .orElseThrow();
    }

    private static long evidence(String runId, String meter) {
        Manifest manifest =
                new Generations(platform.database()).manifest(generation(runId).number());
        EvidenceLine line =
                new EvidenceLine(meter, EventFeed.ACCOUNT, Optional.empty(), 0, System.currentTimeMillis() + 3_600_000);
        try (RawEvidence evidence = RawEvidence.open(Settings.ofProcess())) {
            List<LineEvidence> usage = evidence.usage(manifest, List.of(line));
            return usage.get(0).n();
        }
    }

    private static BigDecimal value(String runId, String meter) {
        return platform.database().jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT sum(c.value) FROM published.batch_count c
                        JOIN published.generation_day d ON d.run_number = c.run_number AND d.ingest_day = c.ingest_day
                        WHERE d.generation = :generation AND c.meter = :meter""")
                .bind("generation", generation(runId).number())
                .bind("meter", meter)
                .mapTo(BigDecimal.class)
                .one());
    }

    private static String shipped(String name) throws IOException {
        try (InputStream text = CountingSchedule.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), UTF_8);
        }
    }
}
