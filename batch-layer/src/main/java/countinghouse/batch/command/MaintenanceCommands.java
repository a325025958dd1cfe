package countinghouse.batch.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The commands that tend the tables; the launcher offers them as {@code countinghouse maintenance ...}. */
@Command(
        name = "maintenance",
        description =
                "Tends the tables: merges small files, removes what nobody needs, erases persons, backs up and restores.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CompactCommand.class,
            ExpireCommand.class,
            EraseCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            HelpCommand.class
        })
final class MaintenanceCommands {}
