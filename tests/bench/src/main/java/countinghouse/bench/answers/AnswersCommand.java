package countinghouse.bench.answers;

import countinghouse.bench.output.JsonTarget;
import countinghouse.bench.output.ReportOption;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countinghouse bench answers}: how long after a POST the public API answers with the event. */
@Command(
        name = "answers",
        description =
                "Send events through the door at a fixed rate, and measure how long after a POST the API's answer has"
                        + " its event.",
        mixinStandardHelpOptions = true)
public final class AnswersCommand implements Subcommand {
    @Option(
            names = "--rate",
            defaultValue = "20000",
            paramLabel = "R",
            description = "Events per second through the door (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "120",
            paramLabel = "S",
            description = "How long; the first quarter warms up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--probes",
            defaultValue = "20",
            paramLabel = "N",
            description = "Events per second that are looked for in answers (default: ${DEFAULT-VALUE}).")
    private int probes;

    @Option(
            names = "--commit-ms",
            defaultValue = "200",
            paramLabel = "MS",
            description = "Commit interval of the speed layer (default: ${DEFAULT-VALUE}).")
    private int commitIntervalMs;

    @Mixin
    private ReportOption output;

    @Override
    public void run() {
        if (rate < 1 || seconds < 1 || probes < 1 || commitIntervalMs < 1) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "--rate, --seconds, --probes and --commit-ms must be above 0; give whole numbers");
        }
        JsonTarget target = output.target();
        AnswersReport report = new AnswersBench(rate, seconds, probes, commitIntervalMs, target.progress()).run();
        target.write(report, report.markdown());
    }
}
