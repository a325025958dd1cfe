package countinghouse.batch.command;

import countinghouse.batch.backup.BackupJob.BackedUp;
import countinghouse.batch.backup.RetentionPolicy;
import countinghouse.batch.command.StepOptions.Result;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.DatabaseConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code maintenance backup}. */
@Command(
        name = "backup",
        description =
                "Copies PostgreSQL and the warehouse as they belong together; files that an earlier backup has are not copied again.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Runnable {
    private static final String READER = "backup.postgres";

    @Mixin
    private StepOptions options;

    @Option(names = "--to", required = true, paramLabel = "PLACE", description = "A folder, or the URI of one.")
    private String place;

    @Option(
            names = "--keep",
            paramLabel = "RULE",
            description =
                    "Then removes older backups but the newest of as many days, weeks, months and years: 7d,4w,12m,5y.")
    private String keep;

    @Override
    public void run() {
        RetentionPolicy retention = keep == null ? null : parse(keep);
        DatabaseConfig reader = DatabaseConfig.from(Settings.ofProcess(), READER);
        options.execute(session -> {
            BackedUp done = session.backup(reader).backUp(place, retention);
            return new Result(
                    "Backup %s: generation %d, ledger entry %d, %,d rows and %,d files, of which %,d (%,d bytes) were new; removed %d old backups"
                            .formatted(
                                    done.id(),
                                    done.generation(),
                                    done.ledgerNumber(),
                                    done.rows(),
                                    done.files(),
                                    done.copiedFiles(),
                                    done.copiedBytes(),
                                    done.removedBackups().size()),
                    done);
        });
    }

    private static RetentionPolicy parse(String text) {
        try {
            return RetentionPolicy.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "--keep " + e.getMessage(), e);
        }
    }
}
