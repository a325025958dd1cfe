package countinghouse.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.testing.tool.OptionalTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The alerts, judged by Prometheus itself. */
class PrometheusRulesTest {
    private static final Path PROMETHEUS =
            Path.of("").toAbsolutePath().getParent().resolve("deploy/prometheus");

    @BeforeAll
    static void requirePromtool() {
        OptionalTool.program("promtool");
    }

    @Test
    void shouldHaveRulesThatPrometheusUnderstands() throws Exception {
        assertThat(promtool(List.of("check", "rules"), PROMETHEUS.resolve("rules"), ".yml"))
                .contains("SUCCESS");
    }

    @Test
    void shouldRaiseAlertsWhenTheyShould() throws Exception {
        assertThat(promtool(List.of("test", "rules"), PROMETHEUS.resolve("tests"), ".test.yml"))
                .contains("SUCCESS");
    }

    private static String promtool(List<String> what, Path folder, String ending) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(what);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(ending))
                    .sorted()
                    .forEach(command::add);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
