package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: it asks whether the answers are right and the report is whole, never how long anything took. */
class SpeedTest {
    @TempDir
    private Path folder;

    @Test
    void shouldCheckTheAnswerOfEveryContestantAgainstTheOracle() throws IOException {
        Path file = folder.resolve("speed.json");

        int status = BenchMain.run(
                "speed",
                "--events",
                "20000",
                "--samples",
                "1",
                "--seed",
                "7",
                "--only",
                "ours,ceiling,dsl,incr",
                "--json",
                file.toString());

        assertThat(status).as("0: every answer was right").isZero();
        JsonNode report = Json.mapper().readTree(file.toFile());
        Set<String> measured = new HashSet<>();
        for (JsonNode sample : report.get("samples")) {
            assertThat(sample.get("windowEvents").asDouble()).isPositive();
            measured.add(sample.get("contestant").asText());
        }
        assertThat(measured).containsExactlyInAnyOrder("ours-1000ms", "ours-200ms", "ceiling", "dsl", "incr");
        assertThat(report.at("/validity/status").asText()).isEqualTo("not judged");
        assertThat(report.at("/machine/versions/kafka").asText()).isNotEmpty();
    }

    @Test
    void shouldRefuseAContestantThatDoesNotExist() {
        assertThat(BenchMain.run("speed", "--only", "abacus")).isEqualTo(2);
    }

    @Test
    void shouldRefuseToMeasureNothing() {
        assertThat(BenchMain.run("speed", "--events", "0")).isEqualTo(2);
        assertThat(BenchMain.run("speed", "--samples", "0")).isEqualTo(2);
    }
}
