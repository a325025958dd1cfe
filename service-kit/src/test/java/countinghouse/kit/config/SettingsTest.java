package countinghouse.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @Test
    void shouldNameTheKeyTheVariableAndTheFileWhenASettingIsMissing() {
        assertThatThrownBy(() -> Settings.of(Map.of()).text("kafka.bootstrap-servers"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'kafka.bootstrap-servers'")
                .hasMessageContaining("COUNTINGHOUSE_KAFKA_BOOTSTRAP_SERVERS")
                .hasMessageContaining("COUNTINGHOUSE_CONFIG");
    }

    @Test
    void shouldNameTheKeyAndTheValueWhenASettingIsNotUnderstood() {
        Settings settings = Settings.of(Map.of("a.b", "soon", "c", "yes", "d", "1.5", "u", "http://[", "e", " "));
        assertThatThrownBy(() -> settings.duration("a.b", Duration.ZERO)).hasMessageContaining("'a.b' is 'soon'");
        assertThatThrownBy(() -> settings.flag("c", true)).hasMessageContaining("'c' is 'yes'");
        assertThatThrownBy(() -> settings.integer("d", 1)).hasMessageContaining("whole number");
        assertThatThrownBy(() -> settings.uri("u")).hasMessageContaining("a URI");
        assertThat(settings.text("e", "blank is not set")).isEqualTo("blank is not set");
    }

    @Test
    void shouldPreferReplacementsToTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("c.properties"), "http.port=1\nhttp.host=h\nx=true\nw=PT2S\n");
        Settings settings = Settings.ofFile(file).with(Map.of("http.port", "2"));
        assertThat(settings.integer("http.port", 0)).isEqualTo(2);
        assertThat(settings.text("http.host")).isEqualTo("h");
        assertThat(settings.flag("x", false)).isTrue();
        assertThat(settings.duration("w", Duration.ZERO)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void shouldSayWhichFileItCannotRead() {
        assertThatThrownBy(() -> Settings.ofFile(Path.of("/no/such/file")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/no/such/file");
    }

    @Test
    void shouldCountByTheHourUnlessToldOtherwise() {
        CountingConfig config = CountingConfig.from(Settings.of(Map.of()));
        assertThat(config)
                .isEqualTo(new CountingConfig(Duration.ofHours(1), Duration.ofHours(48), Duration.ofDays(36)));
    }

    @Test
    void shouldRefuseABucketWidthThatDoesNotDivideADay() {
        assertThatThrownBy(() -> CountingConfig.from(Settings.of(Map.of("counting.bucket-width", "PT7H"))))
                .hasMessageContaining("counting.bucket-width");
        assertThatThrownBy(() -> CountingConfig.from(Settings.of(Map.of("counting.bucket-width", "PT0S"))))
                .hasMessageContaining("counting.bucket-width");
    }

    @Test
    void shouldAssumeAReplicatedKafka() {
        assertThat(KafkaConfig.from(Settings.of(Map.of("kafka.bootstrap-servers", "k:9092"))))
                .isEqualTo(new KafkaConfig("k:9092", 12, 3, 2));
    }
}
