package countinghouse.batch.command;

import countinghouse.batch.command.StepOptions.Result;
import countinghouse.batch.maintenance.Compacted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code maintenance compact}. */
@Command(
        name = "compact",
        description =
                "Merges the archive's small files, by ingest day and partition and in offset order. Runs may go on meanwhile.",
        mixinStandardHelpOptions = true)
final class CompactCommand implements Runnable {
    @Mixin
    private StepOptions options;

    @Override
    public void run() {
        options.execute(session -> {
            Compacted compacted = session.compaction().compact();
            return new Result(
                    "Merged %,d small files into %,d (%,d records)"
                            .formatted(compacted.filesBefore(), compacted.filesAfter(), compacted.records()),
                    compacted);
        });
    }
}
