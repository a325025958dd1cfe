package countinghouse.bench.batch;

import countinghouse.bench.batch.report.BatchReport;
import countinghouse.bench.batch.report.BatchText;
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

/** {@code countinghouse bench batch}: recomputing a day, ours beside its peers, and what one more day costs. */
@Command(
        name = "batch",
        description = "Recompute a day of the archive, ours beside its peers, and one more day behind ever longer"
                + " histories; each answer is checked before its cost is told.",
        mixinStandardHelpOptions = true)
public final class BatchCommand implements Subcommand {
    private static final int LEAST_EVENTS = 1200;

    @Option(
            names = "--events",
            defaultValue = "20000000",
            paramLabel = "N",
            description = "Records of the day that all contestants count (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--day-events",
            defaultValue = "-1",
            paramLabel = "N",
            description = "Records of each day of the history; 0 leaves that part out (default: a fortieth"
                    + " of --events).")
    private int dayEvents;

    @Option(
            names = "--history-days",
            split = ",",
            defaultValue = "1,10,36,80",
            paramLabel = "D",
            description =
                    "Days of history that one more day is measured behind, ascending (default:" + " ${DEFAULT-VALUE}).")
    private int[] historyDays;

    @Option(
            names = "--answers-only",
            description = "Check the answers, in processes that start quickly; their figures mean nothing.")
    private boolean answersOnly;

    @Option(
            names = "--log-events",
            defaultValue = "-1",
            paramLabel = "N",
            description = "Records archived from a broker, beside a bare consumer; 0 leaves that part out (default: a"
                    + " tenth of --events).")
    private int logEvents;

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
            description = "Some of ours,duckdb,duckdb-by-partition,spark-sql (default: all).")
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
        requireAscending(historyDays);
        JsonTarget target = output.target();
        List<Contestant> contestants = Contestant.of(only);
        int history = dayEvents < 0 ? events / 40 : dayEvents;
        int log = logEvents < 0 ? events / 10 : logEvents;
        BatchReport report = new BatchBench(
                        seed.value(), answersOnly ? 1 : samples, historyDays, target.progress(), answersOnly)
                .run(contestants, events, history, log);
        target.write(report, BatchText.of(report));
    }

    private static void requireAscending(int[] historyDays) {
        int before = 0;
        for (int days : historyDays) {
            if (days <= before) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "%d days of history after %d were asked for; give ascending numbers from 1, such as 1,10,36,80"
                                .formatted(days, before));
            }
            before = days;
        }
    }
}
