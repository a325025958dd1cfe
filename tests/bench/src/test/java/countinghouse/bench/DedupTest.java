package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: more identities than the budget holds, each verdict checked. */
class DedupTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTellDuplicatesWithinTheBudgetWhenMostIdentitiesLieOnDisk() throws IOException {
        Path file = folder.resolve("dedup.json");

        int status = BenchMain.run("dedup", "--identities", "20000,300000", "--budget", "2", "--json", file.toString());

        assertThat(status).as("0: every verdict was right").isZero();
        JsonNode report = Json.mapper().readTree(file.toFile());
        assertThat(report.at("/points/0/spilled").asLong()).isZero();
        JsonNode beyond = report.at("/points/1");
        assertThat(beyond.at("/spilled").asLong()).isGreaterThan(150_000);
        assertThat(beyond.at("/diskBytes").asLong()).isPositive();
        assertThat(beyond.at("/heapBytes").asLong())
                .isLessThanOrEqualTo(report.at("/budgetBytes").asLong());
        assertThat(beyond.at("/duplicates").asLong()).isEqualTo(6000);
        assertThat(beyond.at("/recordsPerCpuSecondByTenth")).hasSize(10);
    }

    @Test
    void shouldRefuseABudgetOfNothing() {
        assertThat(BenchMain.run("dedup", "--budget", "0")).isEqualTo(2);
    }
}
