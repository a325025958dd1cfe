package countinghouse.batch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.evidence.EvidenceLine;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.evidence.RawEvidence;
import countinghouse.batch.generation.Generations;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An archive with generations that must stay provable, whatever maintenance does to it. */
public final class MaintainedArchive implements AutoCloseable {
    /** Of two views of one video, the second of which no rule lets into a bill while the viewer is known to be one. */
    public static final String PERSON = "somebody";

    private static final int EVENTS = 20;

    private final Path folder;
    private final TestPlatform platform;
    private final TestBatch batch;

    private MaintainedArchive() throws Exception {
        folder = Files.createTempDirectory("maintained");
        platform = TestPlatform.start(folder);
        batch = new TestBatch(platform);
        batch.sendViewsBy(PERSON);
        publish("first");
        publish("second");
    }

    static MaintainedArchive start() {
        try {
            return new MaintainedArchive();
        } catch (Exception e) {
            throw new IllegalStateException("The archive could not be made", e);
        }
    }

    public TestPlatform platform() {
        return platform;
    }

    public Path folder() {
        return folder;
    }

    /** Sends some events, which the next run finds. */
    public void send() {
        batch.send(EVENTS);
    }

    public void seal(String runId) {
        batch.seal(runId);
    }

    /** Sends some events and publishes a generation that has them. */
    public void publish(String runId) {
        send();
        batch.publish(runId);
    }

    /** Publishes until there are so many generations. */
    public void requireGenerations(int number) {
        for (int next = generations() + 1; next <= number; next++) {
            publish("generation-" + next);
        }
    }

    private int generations() {
        return Integer.parseInt(platform.text("SELECT count(*) FROM published.generation"));
    }

    /** What {@code batch maintenance ... --json} answers, which must succeed. */
    public JsonNode maintain(String... arguments) throws IOException {
        CommandOutcome outcome =
                Batch.run(Stream.of(Stream.of("maintenance"), Stream.of(arguments), Stream.of("--json"))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        return outcome.json();
    }

    /** The raw events behind three lines of a generation, each of which has some. */
    public List<LineEvidence> evidenceOf(long generation) {
        long toMs = Instant.now().toEpochMilli() + 3_600_000;
        List<EvidenceLine> lines = List.of(
                new EvidenceLine("views", EventFeed.ACCOUNT, Optional.empty(), 0, toMs),
                new EvidenceLine("ad_revenue", EventFeed.PAYEE, Optional.of("payee"), 0, toMs),
                new EvidenceLine("billable_views", EventFeed.ACCOUNT, Optional.empty(), 0, toMs));
        try (RawEvidence evidence = RawEvidence.open(Settings.ofProcess())) {
            List<LineEvidence> usage = evidence.usage(new Generations(platform.database()).manifest(generation), lines);
            assertThat(usage).allSatisfy(line -> assertThat(line.n()).isPositive());
            return usage;
        }
    }

    /** What readers of a generation see. */
    public String published(long generation) {
        return platform.text("""
                SELECT string_agg(concat_ws(' ', meter, account, dimensions, cell, n, value), ',' ORDER BY meter, account, dimensions, cell)
                FROM published.generation_day JOIN published.batch_count USING (run_number, ingest_day)
                WHERE generation = %d""".formatted(generation));
    }

    /** The names of the snapshots of views that are kept. */
    public Set<String> tags(String start) {
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()))) {
            return catalog.raw(EventType.VIEW).refs().keySet().stream()
                    .filter(name -> name.startsWith(start))
                    .collect(Collectors.toSet());
        }
    }

    /** The published counts agree with the archive. */
    public void assertProven() {
        CommandOutcome proof = Batch.run("prove");
        assertThat(proof.status()).as(proof.errors()).isZero();
    }

    public void assertEveryRecordOnce() throws IOException {
        assertThat(ArchivedPositions.all())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(ArchivedPositions.promised());
    }

    @Override
    public void close() throws Exception {
        batch.close();
        platform.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
