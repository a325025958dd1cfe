package countinghouse.batch.command;

import countinghouse.batch.command.BatchSteps.Summary;
import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.reconcile.Reconciled;
import countinghouse.batch.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batch run}. */
@Command(
        name = "run",
        description = "Chains seal, archive, gate raw, recompute, gate counts, reconcile and publish.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Mixin
    private DayOptions days;

    @Option(
            names = "--without-publish",
            description = "Stop before publish, which 'batch publish' with the same run id then does.")
    private boolean withoutPublish;

    @Option(
            names = "--accept-drift",
            description = "Somebody has looked: a day that differs too much from the days before it is a warning only.")
    private boolean acceptDrift;

    @Override
    public void run() {
        options.execute(session -> {
            session.startSpark();
            Run run = options.runToBegin(session.runs());
            BatchSteps steps = new BatchSteps(session, acceptDrift, options::progress);
            if (withoutPublish) {
                Reconciled reconciled = steps.prepare(run, days.scope()).reconciled();
                return new Result("Run %s is ready to be published".formatted(run.id()), reconciled);
            }
            Summary summary = steps.run(run, days.scope());
            return new Result(
                    "Generation %d is published, closed through %s"
                            .formatted(summary.generation(), summary.closedThrough()),
                    summary);
        });
    }
}
