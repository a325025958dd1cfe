package countinghouse.fault.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import countinghouse.fault.FaultMain;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code fault speed}: each process once, on a fixed seed. */
class SpeedFaultCommandTest {
    private static final int SHORT_ROUNDS = 4;
    private static final int FULL_ROUNDS = 20;

    @TempDir
    private Path folder;

    @Test
    void shouldFindEveryRowEqualToTheOracleAfterEveryProcessWasKilled() throws Exception {
        int rounds = Boolean.getBoolean("countinghouse.full") ? FULL_ROUNDS : SHORT_ROUNDS;
        Path json = folder.resolve("faults.json");

        int status = FaultMain.run(
                "speed",
                "--rounds",
                Integer.toString(rounds),
                "--seed",
                "7",
                "--events-per-second",
                "300",
                "--state",
                folder.resolve("state").toString(),
                "--json",
                json.toString());

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(status).as(report.toPrettyString()).isZero();
        assertThat(report.get("rounds")).hasSize(rounds).allSatisfy(SpeedFaultCommandTest::requireKillAndComparison);
        assertThat(report.at("/totals/kills").properties())
                .extracting(Map.Entry::getKey)
                .contains("kafka", "speed", "projector", "redis");
        assertThat(report.at("/totals/records/duplicate").asLong()).isPositive();
        assertThat(folder.resolve("state/faults")).isEmptyDirectory();
    }

    private static void requireKillAndComparison(JsonNode round) {
        assertThat(round.get("killed").asText()).isNotEmpty();
        assertThat(round.get("pidAfter").asLong())
                .isPositive()
                .isNotEqualTo(round.get("pidBefore").asLong());
        assertThat(round.get("phase").asText()).isNotEmpty();
        assertThat(round.get("rowsCompared").asLong()).isPositive();
        assertThat(round.get("differences").asLong()).isZero();
    }

    @Test
    void shouldRefuseToRunWithoutRounds() {
        assertThat(FaultMain.run("speed", "--rounds", "0")).isEqualTo(2);
    }
}
