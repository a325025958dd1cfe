package countinghouse.fault.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import countinghouse.fault.report.Difference;
import countinghouse.fault.report.FaultReport;
import countinghouse.fault.report.Round;
import countinghouse.kit.command.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportOutputTest {
    @TempDir
    private Path folder;

    @Test
    void shouldEndWithOneWhenARoundKilledNothing() {
        assertThat(statusOf(round(null, null, 10, 0))).isEqualTo(1);
    }

    @Test
    void shouldEndWithOneWhenARowDiffersOrNothingWasCompared() {
        assertThat(statusOf(round("redis", 11L, 10, 1))).isEqualTo(1);
        assertThat(statusOf(round("redis", 11L, 0, 0))).isEqualTo(1);
    }

    @Test
    void shouldWriteEveryFactOfARound() throws Exception {
        assertThat(statusOf(round("redis", 11L, 10, 0))).isZero();

        JsonNode written =
                new ObjectMapper().readTree(folder.resolve("faults.json").toFile());
        assertThat(written.get("rounds")).singleElement().satisfies(round -> {
            assertThat(round.get("killed").asText()).isEqualTo("redis");
            assertThat(round.get("pidBefore").asLong()).isEqualTo(10);
            assertThat(round.get("pidAfter").asLong()).isEqualTo(11);
            assertThat(round.get("phase").asText()).isEqualTo("counting");
            assertThat(round.get("eventsInFlight").asLong()).isEqualTo(5);
            assertThat(round.get("secondsToRestart").asDouble()).isEqualTo(3.5);
            assertThat(round.get("secondsToFirstRecord").asDouble()).isEqualTo(4.0);
            assertThat(round.get("secondsToCatchUp").asDouble()).isEqualTo(4.5);
            assertThat(round.get("rowsCompared").asLong()).isEqualTo(10);
        });
    }

    private int statusOf(Round round) {
        ReportOutput output = new ReportOutput(folder.resolve("faults.json"));
        output.say(round);
        FaultReport report = FaultReport.of("speed", 1, List.of(round), Map.of());
        CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> output.conclude(report));
        return failure == null ? 0 : failure.exitCode().status();
    }

    private static Round round(String killed, Long pidAfter, long rows, long differences) {
        List<Difference> examples = differences == 0 ? List.of() : List.of(new Difference("row", "1", "2"));
        return new Round(
                1, killed, null, 10L, pidAfter, "counting", 5, 3.5, 4.0, 4.5, rows, differences, examples, 100, 0);
    }
}
