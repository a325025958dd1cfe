package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.publish.Published;
import countinghouse.batch.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code batch publish}. */
@Command(
        name = "publish",
        description = "Publishes the run's counts as the next generation.",
        mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Override
    public void run() {
        options.execute(session -> {
            Run run = options.runToContinue(session.runs());
            Published published = session.publish().publish(run, BatchSteps.user());
            return new Result(
                    "Run %s is generation %d (%d rows)".formatted(run.id(), published.generation(), published.rows()),
                    published);
        });
    }
}
