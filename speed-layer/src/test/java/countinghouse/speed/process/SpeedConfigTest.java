package countinghouse.speed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeedConfigTest {
    @Test
    void shouldHaveDefaults() {
        SpeedConfig config = SpeedConfig.from(Settings.of(Map.of()));

        assertThat(config)
                .isEqualTo(new SpeedConfig(
                        1000,
                        1,
                        "speed-1",
                        Path.of(
                                System.getProperty("java.io.tmpdir"),
                                "countinghouse-speed-" + ProcessHandle.current().pid()),
                        Runtime.getRuntime().maxMemory() / 4,
                        0,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30)));
    }

    @Test
    void shouldReadEveryKey() {
        SpeedConfig config = SpeedConfig.from(Settings.of(Map.of(
                "speed.commit-interval-ms", "200",
                "speed.threads", "2",
                "speed.instance-id", "speed-7",
                "speed.state-directory", "/state",
                "speed.standby-replicas", "1",
                "dedup.memory-budget", "256MiB",
                "speed.session-timeout", "PT12S",
                "speed.transaction-timeout", "PT15S")));

        assertThat(config)
                .isEqualTo(new SpeedConfig(
                        200,
                        2,
                        "speed-7",
                        Path.of("/state"),
                        256L << 20,
                        1,
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(15)));
    }

    @Test
    void shouldRefuseACommitIntervalThatNeverEnds() {
        assertThatThrownBy(() -> SpeedConfig.from(Settings.of(Map.of("speed.commit-interval-ms", "0"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The setting 'speed.commit-interval-ms' is '0'; it must be above 0");
    }

    @Test
    void shouldRefuseAMemoryBudgetWithoutAUnit() {
        assertThatThrownBy(() -> SpeedConfig.from(Settings.of(Map.of("dedup.memory-budget", "256"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("such as '256MiB'");
    }

    @Test
    void shouldRefuseANegativeNumberOfStandbyReplicas() {
        assertThatThrownBy(() -> SpeedConfig.from(Settings.of(Map.of("speed.standby-replicas", "-1"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The setting 'speed.standby-replicas' is '-1'; it must not be below 0");
    }
}
