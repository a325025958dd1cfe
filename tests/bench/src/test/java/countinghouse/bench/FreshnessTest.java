package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: every event must become visible and the counts must be right, however long it takes. */
class FreshnessTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSeeEveryEventAndGetTheOraclesAnswer() throws IOException {
        Path file = folder.resolve("freshness.json");

        int status = BenchMain.run("freshness", "--rate", "500", "--seconds", "4", "--json", file.toString());

        assertThat(status).as("0: the counts were right").isZero();
        JsonNode rate = Json.mapper().readTree(file.toFile()).at("/rates/0");
        assertThat(rate.at("/sinceAccepted/events").asLong())
                .as("three quarters of 2,000")
                .isEqualTo(1500);
        assertThat(rate.at("/sinceScheduled/p99Ms").asDouble())
                .isGreaterThanOrEqualTo(rate.at("/sinceScheduled/p50Ms").asDouble());
    }

    @Test
    void shouldRefuseARateOfNothing() {
        assertThat(BenchMain.run("freshness", "--rate", "0")).isEqualTo(2);
    }
}
