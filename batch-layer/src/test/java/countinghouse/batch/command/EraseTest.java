package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.testing.ArchivedViews;
import countinghouse.batch.testing.Batch;
import countinghouse.batch.testing.CuttingProxy;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.MaintainedArchive;
import countinghouse.batch.testing.MaintainedArchiveExtension;
import countinghouse.schemas.RedisKeys;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** A person is taken out of the archive, and every count and the evidence of every line stay. */
@Order(2)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(MaintainedArchiveExtension.class)
class EraseTest {
    private static final String PERSON = MaintainedArchive.PERSON;

    private MaintainedArchive archive;

    @BeforeAll
    void lookAt(MaintainedArchive running) throws IOException {
        archive = running;
        archive.requireGenerations(3);
        archive.platform().set("maintenance.minimum-age", "PT0S");
    }

    @Test
    @Order(1)
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
        assertThat(archive.platform().text("SELECT count(*) FROM published.erasure"))
                .isEqualTo("0");
    }

    @Test
    @Order(2)
    void shouldEraseAPersonFromEveryGenerationAndChangeNoCountAndNoEvidence() throws IOException {
        List<LineEvidence> evidence = archive.evidenceOf(1);
        List<LineEvidence> newest = archive.evidenceOf(3);
        Set<String> files = filesWith(PERSON);
        String tables = tablesOfTheCatalog();
        assertThat(found(PERSON, "records")).isEqualTo(2);
        assertThat(tablesOfTheCatalog()).isEqualTo(tables);
        assertThat(files).isNotEmpty();

        assertThat(eraseUntilTheCatalogIsLost(PERSON).status()).isNotZero();
        assertThat(archive.tags("erase-")).hasSize(1);
        assertThat(found(PERSON, "records")).isEqualTo(2);
        assertNothingElseChanged(evidence, newest);
        JsonNode erased = archive.maintain("erase", "--person", PERSON, "--reference", "request 2");
        assertThat(erased.get("records").asLong()).isEqualTo(2);
        assertNothingElseChanged(evidence, newest);
        tables = tablesOfTheCatalog();
        JsonNode again = archive.maintain("erase", "--person", PERSON, "--reference", "request 2");
        assertThat(again.get("records").asLong()).isZero();
        assertThat(tablesOfTheCatalog()).isEqualTo(tables);

        assertThat(archive.tags("erase-")).isEmpty();
        assertThat(archive.platform()
                        .text("SELECT string_agg(reference || ' ' || records, ', ') FROM published.erasure"))
                .isEqualTo("request 2 2, request 2 2");
        assertThat(found(PERSON, "left")).isPositive();
        assertThat(archive.maintain("expire", "--older-than", "PT0S")
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

    private void assertNothingElseChanged(List<LineEvidence> first, List<LineEvidence> newest) {
        assertThat(archive.evidenceOf(1)).isEqualTo(first);
        assertThat(archive.evidenceOf(3)).isEqualTo(newest);
        archive.assertProven();
    }

    private void letTheLiveLayerDropWhatNobodyNeeds() {
        long floorMs = new Generations(archive.platform().database())
                .oldestNeededBucketMs()
                .orElseThrow();
        try (Jedis redis = archive.platform().redis()) {
            redis.set(RedisKeys.SPEED_FLOOR, Long.toString(floorMs));
        }
    }

    /** The first tag has been moved by then, and the successor for the next one is being written on its branch. */
    private CommandOutcome eraseUntilTheCatalogIsLost(String person) throws IOException {
        try (CuttingProxy proxy = archive.platform().proxyCatalog()) {
            closeAtCommit(5, proxy);
            CommandOutcome outcome = erase(person, "--reference", "request 2");
            assertThat(proxy.hasActed()).isTrue();
            return outcome;
        } finally {
            archive.platform().directCatalog();
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

    private long found(String person, String field) throws IOException {
        return archive.maintain("erase", "--person", person, "--dry-run")
                .get(field)
                .asLong();
    }

    private String tablesOfTheCatalog() {
        return archive.platform()
                .text(
                        "SELECT string_agg(metadata_location, ' ' ORDER BY metadata_location) FROM iceberg.iceberg_tables");
    }

    private static CommandOutcome erase(String person, String... options) {
        List<String> arguments = new ArrayList<>(List.of("maintenance", "erase", "--person", person));
        arguments.addAll(List.of(options));
        return Batch.run(arguments.toArray(String[]::new));
    }

    private static Set<String> filesWith(String person) {
        try (ArchivedViews views = new ArchivedViews()) {
            return views.filesWith(person);
        }
    }
}
