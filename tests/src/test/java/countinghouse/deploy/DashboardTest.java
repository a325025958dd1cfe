package countinghouse.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import countinghouse.testing.tool.OptionalTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards, as far as they can be judged without Grafana. */
class DashboardTest {
    private static final Path GRAFANA = Repository.ROOT.resolve("deploy/grafana");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldAskOnlyForSeriesAndLabelsThatOurCodeExposes(Dashboard dashboard) {
        assertThat(dashboard.expressions()).isNotEmpty().allSatisfy(expression -> assertThat(
                        new PromExpression(expression).unknownTo(RegisteredMeters.exposed()))
                .as(expression)
                .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void shouldShowSomethingInEveryPanelFromTheSourceThatIsProvisioned(Dashboard dashboard) throws Exception {
        JsonNode source = new YAMLMapper()
                .readTree(GRAFANA.resolve("provisioning/datasources/prometheus.yml")
                        .toFile())
                .at("/datasources/0/uid");
        assertThat(dashboard.panels()).allSatisfy(panel -> {
            assertThat(panel.at("/targets")).as(panel.at("/title").asText()).isNotEmpty();
            assertThat(panel.at("/datasource/uid")).isEqualTo(source);
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
        });
        assertThat(dashboard.panels()).extracting(panel -> panel.at("/id")).doesNotHaveDuplicates();
        assertThat(dashboard.panels()).extracting(panel -> panel.at("/gridPos")).doesNotHaveDuplicates();
    }

    @Test
    void shouldBeOneForEachKindOfReader() {
        assertThat(dashboards())
                .extracting(dashboard -> dashboard.content().at("/uid").asText())
                .containsExactlyInAnyOrder(
                        "countinghouse-api",
                        "countinghouse-batch",
                        "countinghouse-billing",
                        "countinghouse-platform",
                        "countinghouse-speed");
    }

    @Test
    void shouldHaveExpressionsThatPrometheusUnderstands(@TempDir Path folder) throws Exception {
        OptionalTool.program("promtool");
        List<Map<String, String>> rules = dashboards().stream()
                .flatMap(dashboard -> dashboard.expressions().stream())
                .distinct()
                .map(expression -> Map.of("alert", "Panel", "expr", expression))
                .toList();
        Path file = folder.resolve("panels.yml"); // JSON is YAML.
        Files.writeString(
                file,
                new JsonMapper()
                        .writeValueAsString(Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)))));
        Process promtool = new ProcessBuilder("promtool", "check", "rules", "--lint=none", file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        assertThat(promtool.waitFor()).as(output).isZero();
        assertThat(output).contains(rules.size() + " rules found");
    }
}
