package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.generation.Generations;
import countinghouse.batch.testing.MaintainedArchive;
import countinghouse.batch.testing.MaintainedArchiveExtension;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Generations go once nobody can go back to them. What bills are proven by stays; so the tests of evidence come before. */
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(MaintainedArchiveExtension.class)
class ExpireGenerationsTest {
    private MaintainedArchive archive;

    @BeforeAll
    void lookAt(MaintainedArchive running) throws IOException {
        archive = running;
        archive.requireGenerations(3);
        archive.platform().set("maintenance.minimum-age", "PT0S");
    }

    @Test
    void shouldDropAGenerationOnceNeitherAReaderNorARollbackNorABillCanGoBackToIt() throws IOException {
        archive.platform().database().jdbi().useHandle(handle -> {
            handle.execute("UPDATE published.generation SET published_at = now() - interval '40 days'");
            handle.execute("CREATE SCHEMA billing");
            handle.execute("CREATE TABLE billing.document (generation bigint)");
            handle.execute("CREATE TABLE billing.period_close (generation bigint)");
            handle.execute("INSERT INTO billing.document VALUES (1)");
        });
        String served = archive.published(3);
        String before = archive.published(2);

        assertThat(generationsDroppedKeeping(2)).isZero();
        assertThat(generationsDroppedKeeping(1)).isZero();
        assertThat(archive.evidenceOf(1)).isNotEmpty();
        archive.platform().database().jdbi().useHandle(handle -> handle.execute("DELETE FROM billing.document"));
        long rows = Long.parseLong(archive.platform().text("SELECT count(*) FROM published.batch_count"));
        assertThat(generationsDroppedKeeping(1)).isOne();

        assertThat(Long.parseLong(archive.platform().text("SELECT count(*) FROM published.batch_count")))
                .isLessThan(rows);
        assertThat(archive.published(3)).isNotEmpty().isEqualTo(served);
        assertThat(archive.published(2)).isNotEmpty().isEqualTo(before);
        assertThat(archive.tags("gen-")).contains("gen-2", "gen-3").doesNotContain("gen-1");
        archive.assertProven();
        assertThat(new Generations(archive.platform().database()).rollback().number())
                .isEqualTo(2);
        archive.publish("after the drop");
        assertThat(archive.platform().text("SELECT generation FROM published.pointer"))
                .isEqualTo("4");
    }

    private int generationsDroppedKeeping(int before) throws IOException {
        return archive.maintain("expire", "--older-than", "PT0S", "--keep-generations", Integer.toString(before))
                .get("generations")
                .asInt();
    }
}
