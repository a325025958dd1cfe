package countinghouse.bench.serve;

import countinghouse.bench.output.JsonTarget;
import countinghouse.bench.output.ReportOption;
import countinghouse.bench.output.SeedOption;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countinghouse bench serve}: merged reads over HTTP beside a server of static JSON. */
@Command(
        name = "serve",
        description =
                "Read merged counts of many accounts over HTTP, check every answer, and compare with static JSON.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Subcommand {
    @Option(
            names = "--keys",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Accounts with counts in both layers (default: ${DEFAULT-VALUE}).")
    private int keys;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "N",
            description =
                    "How long each load lasts; that at half of the speed six times as long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "How often both servers are measured in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private SeedOption seed;

    @Option(
            names = "--api-option",
            paramLabel = "OPTION",
            description = "Another JVM option of the API, such as -XX:StartFlightRecording=filename=api.jfr.")
    private List<String> apiOptions = new ArrayList<>();

    @Mixin
    private ReportOption output;

    @Override
    public void run() {
        if (keys < 1 || seconds < 1 || rounds < 1) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "--keys, --seconds and --rounds must be above 0; give whole numbers");
        }
        JsonTarget target = output.target();
        ServeReport report = new ServeBench(keys, seconds, rounds, seed.value(), apiOptions, target.progress()).run();
        target.write(report, report.markdown());
    }
}
