package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.testing.ArchivedFiles;
import countinghouse.batch.testing.Batch;
import countinghouse.batch.testing.CountedRows;
import countinghouse.batch.testing.CuttingProxy;
import countinghouse.batch.testing.MaintainedArchive;
import countinghouse.batch.testing.MaintainedArchiveExtension;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Small files are merged and old snapshots expire, beside generations that must stay provable. */
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(MaintainedArchiveExtension.class)
class CompactAndExpireTest {
    private MaintainedArchive archive;

    @BeforeAll
    void lookAt(MaintainedArchive running) throws IOException {
        archive = running;
    }

    @Test
    @Order(1)
    void shouldMergeSmallFilesAndChangeNoRowOfARecomputationAndNoEvidence() throws IOException {
        TreeSet<String> before = recomputed("before");
        List<LineEvidence> evidence = archive.evidenceOf(1);
        assertThat(ArchivedFiles.byDayAndPartition())
                .anySatisfy((place, files) -> assertThat(files).isGreaterThan(1));

        JsonNode compacted = archive.maintain("compact");

        assertThat(compacted.get("filesBefore").asLong())
                .isGreaterThan(compacted.get("filesAfter").asLong());
        assertThat(ArchivedFiles.byDayAndPartition())
                .allSatisfy((place, files) -> assertThat(files).isEqualTo(1));
        ArchivedFiles.assertEachIsInOffsetOrder();
        archive.assertEveryRecordOnce();
        assertThat(recomputed("after")).isNotEmpty().isEqualTo(before);
        assertThat(archive.evidenceOf(1)).isEqualTo(evidence);
        archive.assertProven();
    }

    @Test
    @Order(2)
    void shouldFindNothingMoreToMerge() throws IOException {
        archive.maintain("compact");

        assertThat(archive.maintain("compact").get("filesBefore").asLong()).isZero();
    }

    @Test
    @Order(3)
    void shouldCarryTheProgressOnOfAnArchiverThatCameBetween() throws IOException {
        archive.send();
        archive.seal("small-files");
        assertThat(step("archive", "small-files").status()).isZero();
        archive.send();
        archive.seal("between");
        AtomicReference<CommandOutcome> archived = new AtomicReference<>();
        CommandOutcome compact;
        try (CuttingProxy proxy = archive.platform().proxyCatalog()) {
            proxy.delay("UPDATE iceberg_tables", () -> archived.set(archiveDirectly("between")));
            compact = Batch.run("maintenance", "compact");
        } finally {
            archive.platform().directCatalog();
        }

        assertThat(archived.get().status()).as(archived.get().errors()).isZero();
        assertThat(compact.status()).as(compact.errors()).isZero();
        archive.assertEveryRecordOnce();
        archive.assertProven();
    }

    @Test
    @Order(4)
    void shouldRefuseToReachIntoRunsThatMayBeUnderWay() {
        CommandOutcome expire = Batch.run("maintenance", "expire", "--older-than", "PT1M");

        assertThat(expire.status()).isEqualTo(2);
        assertThat(expire.errors()).contains("give at least PT24H");
    }

    @Test
    @Order(5)
    void shouldRemoveWhatNoGenerationHoldsAndNothingElse() throws IOException {
        List<LineEvidence> evidence = archive.evidenceOf(1);
        long garbage = runNumber("before");
        archive.platform().database().jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO published.batch_count
                SELECT ?, ingest_day, meter, account, dimensions, cell, n, value, fingerprint
                FROM published.batch_count LIMIT 3""", garbage));
        assertThat(CountedRows.of(garbage)).isNotEmpty();
        long publishedBefore = Long.parseLong(archive.platform().text("SELECT count(*) FROM published.batch_count"));
        archive.platform().set("maintenance.minimum-age", "PT0S");

        JsonNode expired = archive.maintain("expire", "--older-than", "PT0S");

        assertThat(expired.get("snapshots").asLong()).isPositive();
        assertThat(expired.get("rows").asLong()).isEqualTo(3);
        assertThat(CountedRows.of(garbage)).isEmpty();
        assertThat(archive.platform().text("SELECT count(*) FROM published.batch_count"))
                .isEqualTo(Long.toString(publishedBefore - 3));
        assertThat(archive.evidenceOf(1)).isEqualTo(evidence);
        archive.assertProven();
        assertThat(archive.maintain("expire", "--older-than", "PT0S")
                        .get("snapshots")
                        .asLong())
                .isZero();
    }

    @Test
    @Order(6)
    void shouldGoOnWhereTheArchiveWasThoughTheSnapshotsBeforeAreGone() throws IOException {
        archive.publish("afterwards");
        JsonNode compacted = archive.maintain("compact");

        assertThat(compacted.get("filesBefore").asLong()).isPositive();
        archive.assertEveryRecordOnce();
        archive.assertProven();
    }

    private CommandOutcome archiveDirectly(String runId) {
        try {
            archive.platform().directCatalog();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return step("archive", runId);
    }

    private CommandOutcome step(String step, String runId, String... options) {
        List<String> arguments = new ArrayList<>(List.of(step, "--run-id", runId));
        arguments.addAll(List.of(options));
        return Batch.run(arguments.toArray(String[]::new));
    }

    /** Every row of a recomputation of the whole history. */
    private TreeSet<String> recomputed(String runId) throws IOException {
        archive.seal(runId);
        assertThat(step("archive", runId).status()).isZero();
        CommandOutcome recompute = step("recompute", runId, "--full");
        assertThat(recompute.status()).as(recompute.errors()).isZero();
        return CountedRows.of(runNumber(runId));
    }

    private long runNumber(String runId) {
        return Long.parseLong(
                archive.platform().text("SELECT run_number FROM published.run WHERE run_id = '%s'".formatted(runId)));
    }
}
