package countinghouse.batch.command;

import countinghouse.batch.backup.RestoreJob.Restored;
import countinghouse.batch.command.StepOptions.Result;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.DatabaseConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code maintenance restore}. */
@Command(
        name = "restore",
        description = "Puts a backup into an empty platform that 'countinghouse setup' has prepared.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Runnable {
    private static final String OWNER = "owner.postgres";

    @Mixin
    private StepOptions options;

    @Option(names = "--from", required = true, paramLabel = "PLACE", description = "Where the backups are.")
    private String place;

    @Option(names = "--backup", paramLabel = "ID", description = "Which one (default: the newest).")
    private String id;

    @Option(names = "--check", description = "Only read all of it and compare it with its SHA-256 sums.")
    private boolean check;

    @Override
    public void run() {
        DatabaseConfig owner = DatabaseConfig.from(Settings.ofProcess(), OWNER);
        options.execute(session -> {
            Restored restored = session.restore(owner).restore(place, id, check);
            return new Result(
                    "%s %s: generation %d, %,d rows, %,d files; ledger entry %d has the root %s"
                            .formatted(
                                    check ? "Intact is" : "Restored",
                                    restored.id(),
                                    restored.generation(),
                                    restored.rows(),
                                    restored.files(),
                                    restored.ledgerNumber(),
                                    restored.ledgerRoot()),
                    restored);
        });
    }
}
