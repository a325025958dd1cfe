package countinghouse.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownMetersTest {
    @Test
    void shouldLeaveOutSketchesAndWhatADeploymentAddsOrDefinesOtherwise(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("counting.yaml"), """
                versions:
                  - {version: 1, effectiveFrom: beginning, meters: meters.yaml, rules: rules/view-rules-v1.yaml, userAgents: lists/user-agents-v1.yaml}
                  - {version: 2, effectiveFrom: '2026-10-05T12:00:00Z', meters: more.yaml}
                """);
        Files.writeString(folder.resolve("more.yaml"), """
                version: 2
                meters:
                  - {slug: plays, eventType: video.view, aggregation: COUNT}
                  - {slug: views, eventType: video.view, aggregation: COUNT, dimensions: [device_type]}
                """);

        assertThat(KnownMeters.of(Settings.of(Map.of())).slugs())
                .contains("views", "watch_seconds", "billable_views")
                .doesNotContain("unique_viewers");
        assertThat(KnownMeters.of(Settings.of(Map.of("counting.configuration", folder.toString())))
                        .slugs())
                .contains("watch_seconds", "billable_views")
                .doesNotContain("views", "plays", "unique_viewers");
    }
}
