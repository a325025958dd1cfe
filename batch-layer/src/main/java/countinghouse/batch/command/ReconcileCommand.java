package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.reconcile.Reconciled;
import countinghouse.batch.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code batch reconcile}. */
@Command(
        name = "reconcile",
        description = "Compares every closed bucket of the run with the speed layer, row by row; a difference exits 1.",
        mixinStandardHelpOptions = true)
final class ReconcileCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Override
    public void run() {
        options.execute(session -> {
            Run run = options.runToContinue(session.runs());
            Reconciled reconciled = session.reconcile().reconcile(run).orFail();
            return new Result(
                    "Run %s agrees with the speed layer in all %d rows of %d buckets"
                            .formatted(run.id(), reconciled.rows(), reconciled.buckets()),
                    reconciled);
        });
    }
}
