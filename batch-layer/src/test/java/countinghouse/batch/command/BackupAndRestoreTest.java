package countinghouse.batch.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.testing.Batch;
import countinghouse.batch.testing.MaintainedArchive;
import countinghouse.batch.testing.MaintainedArchiveExtension;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What PostgreSQL and the warehouse hold is backed up, lost and restored; nothing is left of what was there before. */
@Order(4)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(MaintainedArchiveExtension.class)
class BackupAndRestoreTest {
    private MaintainedArchive archive;

    @BeforeAll
    void lookAt(MaintainedArchive running) throws IOException {
        archive = running;
    }

    @Test
    @Order(1)
    void shouldRestoreIntoAnEmptyPlatformAndGoOnFromKafka() throws IOException {
        String backups = archive.folder().resolve("backups").toString();
        JsonNode first = backup(backups);
        long generation = first.get("generation").asLong();
        List<LineEvidence> evidence = archive.evidenceOf(generation);
        assertThat(first.get("copiedFiles")).isEqualTo(first.get("files"));
        archive.publish("backed-up-later");
        JsonNode second = backup(backups);
        assertThat(second.get("copiedFiles").asLong())
                .as("the files of one more run, not those of the backup before")
                .isPositive()
                .isLessThan(first.get("files").asLong());
        CommandOutcome inUse = Batch.run("maintenance", "restore", "--from", backups);
        assertThat(inUse.status()).isEqualTo(2);
        assertThat(inUse.errors()).contains("only restored into an empty one");

        archive.platform().loseWhatIsBackedUp();
        JsonNode restored = archive.maintain(
                "restore", "--from", backups, "--backup", first.get("id").asText());

        assertThat(restored.get("generation").asLong()).isEqualTo(generation);
        assertThat(archive.evidenceOf(generation)).isEqualTo(evidence);
        archive.assertProven();
        archive.publish("after-the-restore");
        archive.assertEveryRecordOnce();
        archive.assertProven();
        assertThat(archive.evidenceOf(generation)).isEqualTo(evidence);
    }

    @Test
    @Order(2)
    void shouldRemoveOldBackupsAndNoticeAChangedByte() throws IOException {
        String backups = archive.folder().resolve("backups").toString();

        JsonNode kept = archive.maintain("backup", "--to", backups, "--keep", "1d");

        assertThat(kept.get("removedBackups")).hasSize(2);
        assertThat(kept.get("removedFiles").asLong()).isPositive();
        archive.maintain("restore", "--from", backups, "--check");
        Path file;
        try (Stream<Path> stored = Files.walk(archive.folder().resolve("backups/files"))) {
            file = stored.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        CommandOutcome checked = Batch.run("maintenance", "restore", "--from", backups, "--check");
        assertThat(checked.status()).isEqualTo(1);
        assertThat(checked.errors()).contains(file.getFileName().toString(), "SHA-256");
    }

    private JsonNode backup(String place) throws IOException {
        return archive.maintain("backup", "--to", place);
    }
}
