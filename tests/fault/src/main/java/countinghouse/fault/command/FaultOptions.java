package countinghouse.fault.command;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.command.StateOption;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every kind of faults can be told. */
public final class FaultOptions {
    private static final int MAX = 100_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of a kill and a comparison each (default: ${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Another seed is other events, moments and victims (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--events-per-second",
            paramLabel = "R",
            description = "Load while processes die (default: ${DEFAULT-VALUE}).")
    private int eventsPerSecond = 1_000;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write what was found as JSON; '-' is standard output.")
    private Path json;

    @Mixin
    private StateOption state = new StateOption();

    public int rounds() {
        return within("--rounds", rounds);
    }

    public long seed() {
        return seed;
    }

    public int eventsPerSecond() {
        return within("--events-per-second", eventsPerSecond);
    }

    public ReportOutput output() {
        return new ReportOutput(json);
    }

    /** Where platforms of fault runs are. */
    public Path folder() {
        return state.directory().root().resolve("faults");
    }

    private static int within(String option, int value) {
        if (value < 1 || value > MAX) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "%s is %d; it must be 1..%d".formatted(option, value, MAX));
        }
        return value;
    }
}
