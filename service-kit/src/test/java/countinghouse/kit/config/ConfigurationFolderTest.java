package countinghouse.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFolderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryYamlFileByItsPathInTheFolder() throws IOException {
        Files.writeString(folder.resolve("counting.yaml"), "a");
        Files.writeString(folder.resolve("notes.txt"), "not a document");
        Files.writeString(Files.createDirectory(folder.resolve("rules")).resolve("v1.yaml"), "b");

        assertThat(ConfigurationFolder.parse(settings(folder), Function.identity()))
                .isEqualTo(Map.of("counting.yaml", "a", "rules/v1.yaml", "b"));
    }

    @Test
    void shouldGiveNoDocumentsWithoutTheSetting() {
        assertThat(ConfigurationFolder.parse(Settings.of(Map.of()), Function.identity()))
                .isEmpty();
    }

    @Test
    void shouldNameTheSettingAndTheFolderThatCannotBeUsed() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ConfigurationFolder.parse(settings(missing), Function.identity()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("counting.configuration")
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> ConfigurationFolder.parse(settings(folder), texts -> {
                    throw new IllegalArgumentException("Version 2 has no meters");
                }))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("counting.configuration")
                .hasMessageContaining("Version 2 has no meters");
    }

    private static Settings settings(Path folder) {
        return Settings.of(Map.of(ConfigurationFolder.SETTING, folder.toString()));
    }
}
