package countinghouse.bench.serve;

import countinghouse.bench.output.JsonTarget;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
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
            description = "How long each load lasts (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            paramLabel = "N",
            description = "How often both servers are measured in turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Seed of the requests (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--api-option",
            paramLabel = "OPTION",
            description = "Another JVM option of the API, such as -XX:StartFlightRecording=filename=api.jfr.")
    private List<String> apiOptions = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON; - is standard output.")
    private String json;

    @Override
    public void run() {
        if (keys < 1 || seconds < 1 || rounds < 1) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "--keys, --seconds and --rounds must be above 0; give whole numbers");
        }
        JsonTarget target = JsonTarget.of(json);
        ServeReport report = new ServeBench(keys, seconds, rounds, seed, apiOptions, target.progress()).run();
        target.write(report, report.markdown());
    }
}
