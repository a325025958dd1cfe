package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: every posted event must come into the answer, however long it takes. */
class AnswersTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSeeEveryProbeInAnAnswerAndEveryEventInTheTotal() throws IOException {
        Path file = folder.resolve("answers.json");

        int status =
                BenchMain.run("answers", "--rate", "400", "--seconds", "4", "--probes", "5", "--json", file.toString());

        assertThat(status).as("0: the answers were right").isZero();
        JsonNode report = Json.mapper().readTree(file.toFile());
        assertThat(report.at("/sincePost/events").asLong())
                .as("three quarters of 20")
                .isEqualTo(15);
        assertThat(report.at("/sincePost/p50Ms").asDouble())
                .isGreaterThanOrEqualTo(report.at("/sinceStored/p50Ms").asDouble());
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured() {
        assertThat(BenchMain.run("answers", "--rate", "0")).isEqualTo(2);
        assertThat(BenchMain.run("answers", "--probes", "0")).isEqualTo(2);
    }
}
