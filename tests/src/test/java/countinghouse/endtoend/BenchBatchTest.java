package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: it asks whether the answers are right and the report is whole, never how long anything took. */
class BenchBatchTest {
    private static final List<String> HISTORY_DAYS =
            Boolean.getBoolean("countinghouse.full") ? List.of("1", "3") : List.of("2");

    @TempDir
    private Path state;

    @Test
    void shouldCheckTheRowsOfEveryContestantAgainstTheOracle() {
        Countinghouse.Ended ended = new Countinghouse(state)
                .run(
                        "bench",
                        "batch",
                        "--events",
                        "12000",
                        "--day-events",
                        "1200",
                        "--history-days",
                        String.join(",", HISTORY_DAYS),
                        "--answers-only",
                        "--seed",
                        "7",
                        "--json",
                        "-");

        assertThat(ended.status()).as("%s", ended).isZero();
        JsonNode samples = ended.json().get("samples");
        assertThat(samples.findValuesAsText("contestant")).contains("ours", "duckdb", "spark-sql", "night");
        assertThat(samples.findValuesAsText("historyDays")).contains("0").containsAll(HISTORY_DAYS);
        assertThat(samples.findValuesAsText("part"))
                .contains("publish", "recompute with its rows written", "consume it only");
    }
}
