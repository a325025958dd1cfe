package countinghouse.batch.gate;

import countinghouse.batch.run.Step;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a gate says.
 *
 * @param gate its name
 * @param checks that held
 * @param failures that did not, each with its figure
 * @param warnings what a person should look at, and does not stop the run
 */
public record GateVerdict(String gate, List<String> checks, List<String> failures, List<String> warnings) {
    public static final Step<GateVerdict> RAW = new Step<>("gate raw", GateVerdict.class);
    public static final Step<GateVerdict> COUNTS = new Step<>("gate counts", GateVerdict.class);

    public GateVerdict {
        checks = List.copyOf(checks);
        failures = List.copyOf(failures);
        // A verdict of an older build has none.
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }

    /** Both verdicts of one gate. */
    GateVerdict and(GateVerdict other) {
        return new GateVerdict(
                gate, both(checks, other.checks), both(failures, other.failures), both(warnings, other.warnings));
    }

    private static List<String> both(List<String> left, List<String> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }

    /** The verdict of one check; it holds if nothing is broken. */
    static GateVerdict of(String gate, String check, List<String> broken) {
        return broken.isEmpty()
                ? new GateVerdict(gate, List.of(check), List.of(), List.of())
                : new GateVerdict(gate, List.of(), List.of(check + " (" + String.join(", ", broken) + ")"), List.of());
    }

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
