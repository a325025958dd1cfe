package countinghouse.local.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.http.Json;
import countinghouse.local.state.StateDirectory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What a demo did, kept beside its platform so that {@code prove} can check it all again.
 *
 * @param from start of the simulated day
 * @param to its exclusive end
 * @param runId of the batch run
 * @param accepted events that the door stored
 * @param quarantined events that it refused
 * @param adsExploded ad events made of views
 * @param totalBefore over all meters, before the publish
 * @param totalMin smallest total read during the publish
 * @param totalMax largest total read during the publish
 * @param reads totals read during the publish
 */
record DemoState(
        @JsonProperty("from") Instant from,
        @JsonProperty("to") Instant to,
        @JsonProperty("run_id") String runId,
        @JsonProperty("accepted") long accepted,
        @JsonProperty("quarantined") long quarantined,
        @JsonProperty("ads_exploded") long adsExploded,
        @JsonProperty("total_before") BigDecimal totalBefore,
        @JsonProperty("total_min") BigDecimal totalMin,
        @JsonProperty("total_max") BigDecimal totalMax,
        @JsonProperty("reads") long reads) {
    private static final String FILE = "demo.json";
    private static final String TRUTH = "truth.jsonl";

    /** Where the generator writes its truth; the platform has no way to read it. */
    static Path truthFile(StateDirectory state) {
        return state.root().resolve(TRUTH);
    }

    void write(StateDirectory state) {
        try {
            Files.writeString(state.root().resolve(FILE), Json.text(this));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot write to %s (%s); free some space".formatted(state, e), e);
        }
    }

    static DemoState read(StateDirectory state) {
        try {
            return Json.mapper().readValue(state.root().resolve(FILE).toFile(), DemoState.class);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no demo in %s (%s); run 'countinghouse demo --keep' first"
                            .formatted(state, e.getMessage()),
                    e);
        }
    }

    /** The billed period, as {@code --period} takes it. */
    String period() {
        return from + "/" + to;
    }
}
