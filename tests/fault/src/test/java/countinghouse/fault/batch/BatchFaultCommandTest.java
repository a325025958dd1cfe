package countinghouse.fault.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import countinghouse.fault.FaultMain;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code fault batch}: one kill; {@code -Pfull} kills everything a run rests on, twice. */
class BatchFaultCommandTest {
    private static final int SHORT_ROUNDS = 1;
    private static final int FULL_ROUNDS = 2 * BatchVictim.values().length;

    @TempDir
    private Path folder;

    @Test
    void shouldArchiveAndCountEveryRecordOnceWhateverWasKilledWhileABatchRan() throws Exception {
        int rounds = Boolean.getBoolean("countinghouse.full") ? FULL_ROUNDS : SHORT_ROUNDS;
        Path json = folder.resolve("faults.json");

        int status = FaultMain.run(
                "batch",
                "--rounds",
                Integer.toString(rounds),
                "--seed",
                "1",
                "--events-per-second",
                "100",
                "--state",
                folder.resolve("state").toString(),
                "--json",
                json.toString());

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(status).as(report.toPrettyString()).isZero();
        assertThat(report.get("rounds")).hasSize(rounds).allSatisfy(round -> {
            assertThat(round.get("killed").asText()).isNotEmpty();
            assertThat(round.get("pidAfter").asLong()).isPositive();
            assertThat(round.get("rowsCompared").asLong()).isPositive();
            assertThat(round.get("differences").asLong()).isZero();
        });
    }
}
