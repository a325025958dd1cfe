package countinghouse.bench.speed;

import countinghouse.bench.output.JsonTarget;
import countinghouse.bench.output.ReportOption;
import countinghouse.bench.output.SeedOption;
import countinghouse.bench.speed.contestant.Contestants;
import countinghouse.bench.speed.report.MarkdownReport;
import countinghouse.bench.speed.report.SpeedReport;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countinghouse bench speed}: counting into Redis, ours beside its peers. */
@Command(
        name = "speed",
        description =
                "Count a preloaded topic into Redis, ours beside its peers, each answer checked before its speed is"
                        + " told.",
        mixinStandardHelpOptions = true)
public final class SpeedCommand implements Subcommand {
    private static final int LEAST_EVENTS = 1000;

    @Option(
            names = "--events",
            defaultValue = "5000000",
            paramLabel = "N",
            description = "Records on the topic (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--samples",
            defaultValue = "3",
            paramLabel = "K",
            description = "Samples of each contestant, taken in turns (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Mixin
    private SeedOption seed;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WHO",
            description = "Some of ours,ceiling,flink-hashmap,flink-rocksdb,dsl,incr (default: all).")
    private List<String> only = new ArrayList<>();

    @Mixin
    private ReportOption output;

    @Override
    public void run() {
        if (events < LEAST_EVENTS || samples < 1) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "%d events and %d samples were asked for; give at least %d events and 1 sample"
                            .formatted(events, samples, LEAST_EVENTS));
        }
        JsonTarget target = output.target();
        SpeedReport report = new SpeedBench(events, samples, seed.value(), target.progress()).run(Contestants.of(only));
        target.write(report, MarkdownReport.of(report));
    }
}
