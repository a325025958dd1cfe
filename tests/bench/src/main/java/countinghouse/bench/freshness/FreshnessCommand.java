package countinghouse.bench.freshness;

import countinghouse.bench.output.JsonTarget;
import countinghouse.bench.output.ReportOption;
import countinghouse.bench.output.SeedOption;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countinghouse bench freshness}: how long after acceptance an event is counted in Redis. */
@Command(
        name = "freshness",
        description = "Send events at a fixed rate and measure how long after acceptance each is counted in Redis.",
        mixinStandardHelpOptions = true)
public final class FreshnessCommand implements Subcommand {
    @Option(
            names = "--rate",
            split = ",",
            defaultValue = "20000",
            paramLabel = "R",
            description = "Events per second; several are measured one after another (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates;

    @Option(
            names = "--seconds",
            defaultValue = "40",
            paramLabel = "N",
            description = "How long to send at each rate; the first quarter warms up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--commit-ms",
            defaultValue = "200",
            paramLabel = "MS",
            description = "Commit interval of the speed layer (default: ${DEFAULT-VALUE}).")
    private int commitIntervalMs;

    @Mixin
    private SeedOption seed;

    @Mixin
    private ReportOption output;

    @Override
    public void run() {
        if (seconds < 1 || commitIntervalMs < 1 || rates.stream().anyMatch(rate -> rate < 1)) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "Rates, --seconds and --commit-ms must be above 0; give whole numbers");
        }
        JsonTarget target = output.target();
        FreshnessReport report =
                new FreshnessBench(seconds, commitIntervalMs, seed.value(), target.progress()).run(rates);
        target.write(report, report.markdown());
    }
}
