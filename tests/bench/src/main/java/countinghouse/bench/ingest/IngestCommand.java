package countinghouse.bench.ingest;

import countinghouse.bench.output.JsonTarget;
import countinghouse.bench.output.ReportOption;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countinghouse bench ingest}: the public door beside Kafka's own producer benchmark. */
@Command(
        name = "ingest",
        description =
                "Send batches through the public door beside kafka-producer-perf-test at acks=all, and read back every"
                        + " event that was answered 204.",
        mixinStandardHelpOptions = true)
public final class IngestCommand implements Subcommand {
    private static final int SECONDS_PER_EVENT_OF_A_VIEWER = 30;
    private static final double PEAK = 1.5;
    private static final int MAX_BATCH = 2000;

    @Option(
            names = "--events",
            defaultValue = "2000000",
            paramLabel = "N",
            description = "Events of a throughput sample (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--samples",
            defaultValue = "3",
            paramLabel = "K",
            description = "Throughput samples, in turns with the peer's (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--batch",
            defaultValue = "500",
            paramLabel = "N",
            description = "Events in a request (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--connections",
            defaultValue = "32",
            paramLabel = "N",
            description = "Connections, each of which waits for its answer (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--rate",
            split = ",",
            paramLabel = "R",
            description = "Also send at these events per second, whatever the door does.")
    private List<Integer> rates = new ArrayList<>();

    @Option(
            names = "--viewers",
            paramLabel = "N",
            description =
                    "Also send what so many viewers send, an event every 30 s each, and a peak of one and a half times that.")
    private int viewers;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            paramLabel = "S",
            description = "How long to send at each rate (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--door-option",
            paramLabel = "OPTION",
            description = "Another JVM option of the door, such as -XX:StartFlightRecording=filename=door.jfr.")
    private List<String> doorOptions = new ArrayList<>();

    @Mixin
    private ReportOption output;

    @Override
    public void run() {
        if (events < 1
                || samples < 0
                || batch < 1
                || batch > MAX_BATCH
                || connections < 1
                || seconds < 1
                || viewers < 0) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "--events, --connections, --seconds must be at least 1, --samples and --viewers at least 0, --batch 1 to "
                            + MAX_BATCH);
        }
        List<Integer> wanted = new ArrayList<>(rates);
        if (viewers > 0) {
            int steady = Math.max(1, viewers / SECONDS_PER_EVENT_OF_A_VIEWER);
            wanted.addAll(List.of(steady, (int) (steady * PEAK)));
        }
        if (wanted.stream().anyMatch(rate -> rate < 1)) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "Rates must be at least 1");
        }
        JsonTarget target = output.target();
        IngestReport report = new IngestBench(batch, connections, doorOptions, target.progress())
                .run(events, samples, wanted, seconds);
        target.write(report, report.markdown());
    }
}
