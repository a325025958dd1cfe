package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.batch.evidence.EvidenceLine;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.evidence.RawEvidence;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.testing.ArchivedPositions;
import countinghouse.batch.testing.ArchivedViews;
import countinghouse.batch.testing.CommandOutcome;
import countinghouse.batch.testing.CuttingProxy;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.TestBatch;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Compaction and expiry of real tables, beside generations that must stay provable. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaintenanceCommandsTest {
    private static final int EVENTS = 20;
    /** Of two views of one video, the second of which no rule lets into a bill while the viewer is known to be one. */
    private static final String PERSON = "somebody";

    @TempDir
    static Path directory;

    private static TestPlatform platform;
    private static TestBatch batch;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(directory);
        batch = new TestBatch(platform);
        batch.sendViewsBy(PERSON);
        for (String run : List.of("first", "second")) {
            batch.send(EVENTS);
            batch.publish(run);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        batch.close();
        platform.close();
    }

    @Test
    @Order(1)
    void shouldMergeSmallFilesAndChangeNoRowOfARecomputationAndNoEvidence() throws IOException {
        TreeSet<String> before = recomputed("before");
        List<LineEvidence> evidence = evidenceOfTheFirstGeneration();
        assertThat(filesByDayAndPartition())
                .anySatisfy((place, files) -> assertThat(files).isGreaterThan(1));

        CommandOutcome compacted = CommandOutcome.batch("maintenance", "compact", "--json");

        assertThat(compacted.status()).as(compacted.errors()).isZero();
        assertThat(compacted.json().get("filesBefore").asLong())
                .isGreaterThan(compacted.json().get("filesAfter").asLong());
        assertThat(filesByDayAndPartition())
                .allSatisfy((place, files) -> assertThat(files).isEqualTo(1));
        assertEveryFileIsInOffsetOrder();
        assertEveryRecordOnce();
        assertThat(recomputed("after")).isNotEmpty().isEqualTo(before);
        assertThat(evidenceOfTheFirstGeneration()).isEqualTo(evidence);
        assertThat(CommandOutcome.batch("prove").status()).isZero();
    }

    @Test
    @Order(2)
    void shouldFindNothingMoreToMerge() throws IOException {
        CommandOutcome.batch("maintenance", "compact");

        CommandOutcome again = CommandOutcome.batch("maintenance", "compact", "--json");

        assertThat(again.status()).isZero();
        assertThat(again.json().get("filesBefore").asLong()).isZero();
    }

    @Test
    @Order(3)
    void shouldCarryTheProgressOnOfAnArchiverThatCameBetween() throws IOException {
        batch.send(EVENTS);
        batch.seal("small-files");
        assertThat(step("archive", "small-files").status()).isZero();
        batch.send(EVENTS);
        batch.seal("between");
        AtomicReference<CommandOutcome> archive = new AtomicReference<>();
        CommandOutcome compact;
        try (CuttingProxy proxy = platform.proxyCatalog()) {
            proxy.delay("UPDATE iceberg_tables", () -> archive.set(archiveDirectly("between")));
            compact = CommandOutcome.batch("maintenance", "compact");
        } finally {
            platform.directCatalog();
        }

        assertThat(archive.get().status()).as(archive.get().errors()).isZero();
        assertThat(compact.status()).as(compact.errors()).isZero();
        assertEveryRecordOnce();
        assertThat(CommandOutcome.batch("prove").status()).isZero();
    }

    @Test
    @Order(4)
    void shouldRefuseToReachIntoRunsThatMayBeUnderWay() {
        CommandOutcome expire = CommandOutcome.batch("maintenance", "expire", "--older-than", "PT1M");

        assertThat(expire.status()).isEqualTo(2);
        assertThat(expire.errors()).contains("give at least PT24H");
    }

    @Test
    @Order(5)
    void shouldRemoveWhatNoGenerationHoldsAndNothingElse() throws IOException {
        List<LineEvidence> evidence = evidenceOfTheFirstGeneration();
        long garbage = Long.parseLong(platform.text("SELECT run_number FROM published.run WHERE run_id = 'before'"));
        platform.database().jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO published.batch_count
                SELECT ?, ingest_day, meter, account, dimensions, cell, n, value, fingerprint
                FROM published.batch_count LIMIT 3""", garbage));
        assertThat(rowsOf(garbage)).isNotEmpty();
        long publishedBefore = Long.parseLong(platform.text("SELECT count(*) FROM published.batch_count"));
        platform.set("maintenance.minimum-age", "PT0S");

        CommandOutcome expired = CommandOutcome.batch("maintenance", "expire", "--older-than", "PT0S", "--json");

        assertThat(expired.status()).as(expired.errors()).isZero();
        assertThat(expired.json().get("snapshots").asLong()).isPositive();
        assertThat(expired.json().get("rows").asLong()).isEqualTo(3);
        assertThat(rowsOf(garbage)).isEmpty();
        assertThat(platform.text("SELECT count(*) FROM published.batch_count"))
                .isEqualTo(Long.toString(publishedBefore - 3));
        assertThat(evidenceOfTheFirstGeneration()).isEqualTo(evidence);
        assertThat(CommandOutcome.batch("prove").status()).isZero();
        assertThat(CommandOutcome.batch("maintenance", "expire", "--older-than", "PT0S", "--json")
                        .json()
                        .get("snapshots")
                        .asLong())
                .isZero();
    }

    @Test
    @Order(6)
    void shouldGoOnWhereTheArchiveWasThoughTheSnapshotsBeforeAreGone() throws IOException {
        batch.send(EVENTS);
        batch.publish("afterwards");
        CommandOutcome compacted = CommandOutcome.batch("maintenance", "compact", "--json");

        assertThat(compacted.status()).as(compacted.errors()).isZero();
        assertThat(compacted.json().get("filesBefore").asLong()).isPositive();
        assertEveryRecordOnce();
        assertThat(CommandOutcome.batch("prove").status()).isZero();
    }

    @Test
    @Order(7)
    void shouldRefuseToEraseWhatTheLiveLayerStillHoldsAndSayWhenToTryAgain() {
        CommandOutcome old = erase(PERSON, "--reference", "request 1");
        letTheLiveLayerDropWhatNobodyNeeds();
        CommandOutcome recent = erase("viewer-of-" + EventFeed.ACCOUNT, "--reference", "request 1");

        assertThat(old.status()).as(old.errors()).isEqualTo(75);
        assertThat(old.errors()).contains("runs that have to publish until then: 1");
        assertThat(recent.status()).as(recent.errors()).isEqualTo(75);
        assertThat(recent.errors()).contains("runs that have to publish until then: 2");
        assertThat(erase(PERSON).errors()).contains("--reference");
        assertThat(erase(PERSON, "--reference", "about " + PERSON).status()).isEqualTo(2);
        assertThat(platform.text("SELECT count(*) FROM published.erasure")).isEqualTo("0");
    }

    @Test
    @Order(8)
    void shouldEraseAPersonFromEveryGenerationAndChangeNoCountAndNoEvidence() throws IOException {
        platform.set("maintenance.minimum-age", "PT0S");
        List<LineEvidence> evidence = evidenceOfTheFirstGeneration();
        List<LineEvidence> newest = evidenceOf(3);
        Set<String> files = filesWith(PERSON);
        String tables = tablesOfTheCatalog();
        assertThat(found(PERSON, "records")).isEqualTo(2);
        assertThat(tablesOfTheCatalog()).isEqualTo(tables);
        assertThat(files).isNotEmpty();

        assertThat(eraseUntilTheCatalogIsLost(PERSON).status()).isNotZero();
        assertThat(tags("erase-")).hasSize(1);
        assertThat(found(PERSON, "records")).isEqualTo(2);
        assertNothingElseChanged(evidence, newest);
        JsonNode erased = succeeded("erase", "--person", PERSON, "--reference", "request 2", "--json");
        assertThat(erased.get("records").asLong()).isEqualTo(2);
        assertNothingElseChanged(evidence, newest);
        tables = tablesOfTheCatalog();
        JsonNode again = succeeded("erase", "--person", PERSON, "--reference", "request 2", "--json");
        assertThat(again.get("records").asLong()).isZero();
        assertThat(tablesOfTheCatalog()).isEqualTo(tables);

        assertThat(tags("erase-")).isEmpty();
        assertThat(platform.text("SELECT string_agg(reference || ' ' || records, ', ') FROM published.erasure"))
                .isEqualTo("request 2 2, request 2 2");
        assertThat(found(PERSON, "left")).isPositive();
        assertThat(succeeded("expire", "--older-than", "PT0S", "--json")
                        .get("files")
                        .asLong())
                .isPositive();
        assertThat(found(PERSON, "left")).isZero();
        assertThat(filesWith(PERSON)).isEmpty();
        try (ArchivedViews views = new ArchivedViews()) {
            assertThat(files).noneMatch(views::exists);
            assertThat(views.viewersNow())
                    .filteredOn(viewer -> viewer.startsWith("erased-"))
                    .as("one viewer stays one")
                    .hasSize(1);
        }
        assertNothingElseChanged(evidence, newest);
    }

    private static void assertNothingElseChanged(List<LineEvidence> first, List<LineEvidence> newest) {
        assertThat(evidenceOfTheFirstGeneration()).isEqualTo(first);
        assertThat(evidenceOf(3)).isEqualTo(newest);
        assertThat(CommandOutcome.batch("prove").status()).isZero();
    }

    private static void letTheLiveLayerDropWhatNobodyNeeds() {
        long floorMs =
                new Generations(platform.database()).oldestNeededBucketMs().orElseThrow();
        try (Jedis redis = platform.redis()) {
            redis.set(RedisKeys.SPEED_FLOOR, Long.toString(floorMs));
        }
    }

    /** The first tag has been moved by then, and the successor for the next one is being written on its branch. */
    private static CommandOutcome eraseUntilTheCatalogIsLost(String person) throws IOException {
        try (CuttingProxy proxy = platform.proxyCatalog()) {
            closeAtCommit(5, proxy);
            CommandOutcome outcome = erase(person, "--reference", "request 2");
            assertThat(proxy.hasActed()).isTrue();
            return outcome;
        } finally {
            platform.directCatalog();
        }
    }

    private static void closeAtCommit(int number, CuttingProxy proxy) {
        proxy.delay("UPDATE iceberg_tables", () -> {
            if (number > 1) {
                closeAtCommit(number - 1, proxy);
            } else {
                close(proxy);
            }
        });
    }

    private static void close(CuttingProxy proxy) {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long found(String person, String field) throws IOException {
        return succeeded("erase", "--person", person, "--dry-run", "--json")
                .get(field)
                .asLong();
    }

    private static String tablesOfTheCatalog() {
        return platform.text(
                "SELECT string_agg(metadata_location, ' ' ORDER BY metadata_location) FROM iceberg.iceberg_tables");
    }

    @Test
    @Order(9)
    void shouldDropAGenerationOnceNeitherAReaderNorARollbackNorABillCanGoBackToIt() throws IOException {
        platform.database().jdbi().useHandle(handle -> {
            handle.execute("UPDATE published.generation SET published_at = now() - interval '40 days'");
            handle.execute("CREATE SCHEMA billing");
            handle.execute("CREATE TABLE billing.document (generation bigint)");
            handle.execute("CREATE TABLE billing.period_close (generation bigint)");
            handle.execute("INSERT INTO billing.document VALUES (1)");
        });
        String served = published(3);
        String before = published(2);

        assertThat(generationsDroppedKeeping(2)).isZero();
        assertThat(generationsDroppedKeeping(1)).isZero();
        assertThat(evidenceOfTheFirstGeneration()).isNotEmpty();
        platform.database().jdbi().useHandle(handle -> handle.execute("DELETE FROM billing.document"));
        long rows = Long.parseLong(platform.text("SELECT count(*) FROM published.batch_count"));
        assertThat(generationsDroppedKeeping(1)).isOne();

        assertThat(Long.parseLong(platform.text("SELECT count(*) FROM published.batch_count")))
                .isLessThan(rows);
        assertThat(published(3)).isNotEmpty().isEqualTo(served);
        assertThat(published(2)).isNotEmpty().isEqualTo(before);
        assertThat(tags("gen-")).contains("gen-2", "gen-3").doesNotContain("gen-1");
        assertThat(CommandOutcome.batch("prove").status()).isZero();
        assertThat(new Generations(platform.database()).rollback().number()).isEqualTo(2);
        batch.send(EVENTS);
        batch.publish("after the drop");
        assertThat(platform.text("SELECT generation FROM published.pointer")).isEqualTo("4");
    }

    private static CommandOutcome erase(String person, String... options) {
        List<String> arguments = new ArrayList<>(List.of("maintenance", "erase", "--person", person));
        arguments.addAll(List.of(options));
        return CommandOutcome.batch(arguments.toArray(String[]::new));
    }

    private static Set<String> filesWith(String person) {
        try (ArchivedViews views = new ArchivedViews()) {
            return views.filesWith(person);
        }
    }

    private static int generationsDroppedKeeping(int before) throws IOException {
        CommandOutcome expired = CommandOutcome.batch(
                "maintenance",
                "expire",
                "--older-than",
                "PT0S",
                "--keep-generations",
                Integer.toString(before),
                "--json");
        assertThat(expired.status()).as(expired.errors()).isZero();
        return expired.json().get("generations").asInt();
    }

    /** What readers of a generation see. */
    private static String published(long generation) {
        return platform.text("""
                SELECT string_agg(concat_ws(' ', meter, account, dimensions, cell, n, value), ',' ORDER BY meter, account, dimensions, cell)
                FROM published.generation_day JOIN published.batch_count USING (run_number, ingest_day)
                WHERE generation = %d""".formatted(generation));
    }

    private static Set<String> tags(String start) {
        try (IcebergCatalog catalog = catalog()) {
            return catalog.raw(EventType.VIEW).refs().keySet().stream()
                    .filter(name -> name.startsWith(start))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    @Order(10)
    void shouldRestoreIntoAnEmptyPlatformAndGoOnFromKafka() throws IOException {
        String backups = directory.resolve("backups").toString();
        JsonNode first = backup(backups);
        long generation = first.get("generation").asLong();
        List<LineEvidence> evidence = evidenceOf(generation);
        assertThat(first.get("copiedFiles")).isEqualTo(first.get("files"));
        batch.send(EVENTS);
        batch.publish("backed-up-later");
        JsonNode second = backup(backups);
        assertThat(second.get("copiedFiles").asLong())
                .as("the files of one more run, not those of the backup before")
                .isPositive()
                .isLessThan(first.get("files").asLong());
        CommandOutcome inUse = CommandOutcome.batch("maintenance", "restore", "--from", backups);
        assertThat(inUse.status()).isEqualTo(2);
        assertThat(inUse.errors()).contains("only restored into an empty one");

        platform.loseWhatIsBackedUp();
        JsonNode restored = succeeded(
                "restore", "--from", backups, "--backup", first.get("id").asText(), "--json");

        assertThat(restored.get("generation").asLong()).isEqualTo(generation);
        assertThat(evidenceOf(generation)).isEqualTo(evidence);
        assertThat(CommandOutcome.batch("prove").status()).isZero();
        batch.send(EVENTS);
        batch.publish("after-the-restore");
        assertEveryRecordOnce();
        assertThat(CommandOutcome.batch("prove").status()).isZero();
        assertThat(evidenceOf(generation)).isEqualTo(evidence);
    }

    @Test
    @Order(11)
    void shouldRemoveOldBackupsAndNoticeAChangedByte() throws IOException {
        String backups = directory.resolve("backups").toString();

        JsonNode kept = succeeded("backup", "--to", backups, "--keep", "1d", "--json");

        assertThat(kept.get("removedBackups")).hasSize(2);
        assertThat(kept.get("removedFiles").asLong()).isPositive();
        succeeded("restore", "--from", backups, "--check", "--json");
        Path file;
        try (Stream<Path> stored = Files.walk(directory.resolve("backups/files"))) {
            file = stored.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        CommandOutcome checked = CommandOutcome.batch("maintenance", "restore", "--from", backups, "--check");
        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.errors()).contains(file.getFileName().toString(), "SHA-256");
    }

    private static JsonNode backup(String place) throws IOException {
        return succeeded("backup", "--to", place, "--json");
    }

    private static JsonNode succeeded(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("maintenance"));
        all.addAll(List.of(arguments));
        CommandOutcome outcome = CommandOutcome.batch(all.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        return outcome.json();
    }

    private static CommandOutcome archiveDirectly(String runId) {
        try {
            platform.directCatalog();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return step("archive", runId);
    }

    private static CommandOutcome step(String step, String runId, String... options) {
        List<String> arguments = new ArrayList<>(List.of(step, "--run-id", runId));
        arguments.addAll(List.of(options));
        return CommandOutcome.batch(arguments.toArray(String[]::new));
    }

    /** Every row of a recomputation of the whole history. */
    private static TreeSet<String> recomputed(String runId) throws IOException {
        batch.seal(runId);
        assertThat(step("archive", runId).status()).isZero();
        CommandOutcome recompute = step("recompute", runId, "--full");
        assertThat(recompute.status()).as(recompute.errors()).isZero();
        return rowsOf(
                Long.parseLong(platform.text("SELECT run_number FROM published.run WHERE run_id = '" + runId + "'")));
    }

    private static TreeSet<String> rowsOf(long runNumber) throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        try (IcebergCatalog catalog = catalog();
                CloseableIterable<Record> records = IcebergGenerics.read(catalog.counts())
                        .where(Expressions.equal(CountsSchema.RUN_NUMBER, runNumber))
                        .build()) {
            records.forEach(row -> rows.add("%s %s %s %s %s %s %s %s %s"
                    .formatted(
                            row.getField(CountsSchema.METER),
                            row.getField(CountsSchema.ACCOUNT),
                            row.getField(CountsSchema.DIMENSIONS),
                            row.getField(CountsSchema.CELL),
                            row.getField(CountsSchema.INGEST_BUCKET),
                            row.getField(CountsSchema.SOURCE_PARTITION),
                            row.getField(CountsSchema.N),
                            row.getField(CountsSchema.VALUE),
                            HexFormat.of().formatHex((byte[]) row.getField(CountsSchema.FINGERPRINT)))));
        }
        return rows;
    }

    private static List<LineEvidence> evidenceOfTheFirstGeneration() {
        return evidenceOf(1);
    }

    private static List<LineEvidence> evidenceOf(long generation) {
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

    private static Map<String, Integer> filesByDayAndPartition() {
        Map<String, Integer> files = new TreeMap<>();
        forEachFile((type, table, file) -> files.merge(
                "%s-%d %d".formatted(type.slug(), OffsetOrder.partitionOf(file), OffsetOrder.dayOf(file)),
                1,
                Integer::sum));
        return files;
    }

    private static void assertEveryFileIsInOffsetOrder() {
        forEachFile((type, table, file) -> {
            List<Long> offsets = new ArrayList<>();
            try (RecordFiles rows =
                    new RecordFiles(table.io(), table.schema().select(RawSchema.KAFKA_OFFSET), List.of(file))) {
                rows.forEachRemaining(row -> offsets.add((Long) row.getField(RawSchema.KAFKA_OFFSET)));
            }
            assertThat(offsets).isNotEmpty().isSorted().doesNotHaveDuplicates();
            assertThat(offsets.get(offsets.size() - 1) - offsets.get(0)).isEqualTo(offsets.size() - 1);
        });
    }

    private interface FileVisitor {
        void visit(EventType type, Table table, DataFile file);
    }

    private static void forEachFile(FileVisitor visitor) {
        try (IcebergCatalog catalog = catalog()) {
            for (EventType type : EventType.values()) {
                Table table = catalog.raw(type);
                assertThat(ArchiveProgress.of(table).nextOffsets()).isNotEmpty();
                OffsetOrder.files(table, table.currentSnapshot().snapshotId(), Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .forEach(file -> visitor.visit(type, table, file));
            }
        }
    }

    private static void assertEveryRecordOnce() throws IOException {
        assertThat(ArchivedPositions.all())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(ArchivedPositions.promised());
    }

    private static IcebergCatalog catalog() {
        return IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()));
    }
}
