package countinghouse.bench.speed;

import countinghouse.bench.output.JsonTarget;
import countinghouse.bench.speed.contestant.SpeedLayer;
import countinghouse.bench.speed.profile.HotSpots;
import countinghouse.bench.speed.report.MarkdownReport;
import countinghouse.bench.speed.report.SpeedReport;
import countinghouse.kit.command.Subcommand;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code countinghouse bench profile}: ours alone, with a flight recording of where its time goes. */
@Command(
        name = "profile",
        description = "Count a preloaded topic with ours alone and tell from a flight recording where the time goes.",
        mixinStandardHelpOptions = true)
public final class ProfileCommand implements Subcommand {
    @Option(
            names = "--events",
            defaultValue = "2000000",
            paramLabel = "N",
            description = "Records on the topic (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--commit-ms",
            defaultValue = "1000",
            paramLabel = "MS",
            description = "Commit interval of the speed layer (default: ${DEFAULT-VALUE}).")
    private int commitIntervalMs;

    @Option(
            names = "--recording",
            defaultValue = "speed.jfr",
            paramLabel = "FILE",
            description = "Where the recording goes (default: ${DEFAULT-VALUE}).")
    private Path recording;

    @Override
    public void run() {
        JsonTarget target = JsonTarget.of(null);
        Path file = recording.toAbsolutePath();
        SpeedLayer ours = new SpeedLayer(
                commitIntervalMs,
                List.of("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file));
        SpeedReport report = new SpeedBench(events, 1, 1, target.progress()).run(List.of(ours));
        target.write(
                report, MarkdownReport.of(report) + "\n" + HotSpots.of(file).markdown());
    }
}
