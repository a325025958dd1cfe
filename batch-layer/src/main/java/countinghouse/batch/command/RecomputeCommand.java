package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code batch recompute}. */
@Command(
        name = "recompute",
        description = "Counts the ingest days that changed since the current generation, from the archive.",
        mixinStandardHelpOptions = true)
final class RecomputeCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Mixin
    private DayOptions days;

    @Override
    public void run() {
        options.execute(session -> {
            Run run = options.runToContinue(session.runs());
            Recomputed recomputed = session.recompute().recompute(run, days.scope());
            return new Result(
                    "Run %s wrote %d rows for %d ingest days"
                            .formatted(
                                    run.id(),
                                    recomputed.rows(),
                                    recomputed.days().size()),
                    recomputed);
        });
    }
}
