package countinghouse.fault.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import countinghouse.fault.FaultMain;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code fault batch} on a fixed seed: everything a run rests on is killed, which takes minutes. */
@EnabledIfSystemProperty(named = "countinghouse.full", matches = "true", disabledReason = "-Pfull runs it")
class BatchFaultCommandTest {
    private static final int ROUNDS = BatchVictim.values().length;

    @TempDir
    private Path folder;

    @Test
    void shouldArchiveAndCountEveryRecordOnceWhateverWasKilledWhileABatchRan() throws Exception {
        Path json = folder.resolve("faults.json");

        int status = FaultMain.run(
                "batch",
                "--rounds",
                Integer.toString(ROUNDS),
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
        assertThat(report.get("rounds")).hasSize(ROUNDS).allSatisfy(round -> {
            assertThat(round.get("killed").asText()).isNotEmpty();
            assertThat(round.get("pidAfter").asLong()).isPositive();
            assertThat(round.get("rowsCompared").asLong()).isPositive();
            assertThat(round.get("differences").asLong()).isZero();
        });
    }
}
