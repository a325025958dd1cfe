package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.gate.GateVerdict;
import countinghouse.batch.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batch gate raw|counts}. */
@Command(
        name = "gate",
        description = "Checks the data of a run; a failure publishes nothing and exits 3.",
        mixinStandardHelpOptions = true)
final class GateCommand implements Runnable {
    /** What is checked. */
    enum Subject {
        RAW,
        COUNTS
    }

    @Parameters(paramLabel = "raw|counts", description = "The archive, or the rows of the run.")
    private Subject subject;

    @Mixin
    private StepOptions options;

    @Option(
            names = "--accept-drift",
            description = "Somebody has looked: a day that differs too much from the days before it is a warning only.")
    private boolean acceptDrift;

    @Override
    public void run() {
        options.execute(session -> {
            Run run = options.runToContinue(session.runs());
            GateVerdict verdict =
                    switch (subject) {
                        case RAW -> session.rawGate().judge(run, BatchSteps.firstDay(session), acceptDrift);
                        case COUNTS -> session.countsGate().judge(run, acceptDrift);
                    };
            verdict.orFail();
            return new Result(
                    "Gate %s passed: %d checks held"
                            .formatted(verdict.gate(), verdict.checks().size()),
                    verdict);
        });
    }
}
