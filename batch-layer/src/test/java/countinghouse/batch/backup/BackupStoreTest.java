package countinghouse.batch.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.command.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupStoreTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNameThePlaceThatNoBackupCanBeWrittenTo() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));

        assertThatThrownBy(() -> BackupStore.at(file.toString()).requireWritable())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("Cannot write backups to file:" + file)
                .hasMessageContaining("give a folder or URI");
    }
}
