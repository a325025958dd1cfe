package countinghouse.batch.gate;

import countinghouse.batch.run.Step;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.List;

/**
 * What a gate says.
 *
 * @param gate its name
 * @param checks that held
 * @param failures that did not, each with its figure
 */
public record GateVerdict(String gate, List<String> checks, List<String> failures) {
    public static final Step<GateVerdict> RAW = new Step<>("gate raw", GateVerdict.class);
    public static final Step<GateVerdict> COUNTS = new Step<>("gate counts", GateVerdict.class);

    /**
     * This verdict.
     *
     * @throws CommandFailure (gate failed) if any check did not hold
     */
    public GateVerdict orFail() {
        if (!failures.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.GATE_FAILED,
                    "Gate %s failed, nothing is published and the last generation stays: %s"
                            .formatted(gate, String.join("; ", failures)));
        }
        return this;
    }
}
