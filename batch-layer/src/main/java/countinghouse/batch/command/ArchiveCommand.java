package countinghouse.batch.command;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code batch archive}. */
@Command(
        name = "archive",
        description = "Appends what Kafka holds beyond the archive to the tables raw.*, up to beyond the run's ticks.",
        mixinStandardHelpOptions = true)
final class ArchiveCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Override
    public void run() {
        options.execute(session -> {
            Run run = options.runToContinue(session.runs());
            Archived archived = session.archive(run).archive(run);
            return new Result("Run %s archived %d records".formatted(run.id(), archived.records()), archived);
        });
    }
}
