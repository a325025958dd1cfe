package countinghouse.batch.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The commands of the batch process. */
@Command(
        name = "countinghouse batch",
        description = "Counts the archive authoritatively and publishes generations.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            SealCommand.class,
            ArchiveCommand.class,
            GateCommand.class,
            RecomputeCommand.class,
            ReconcileCommand.class,
            PublishCommand.class,
            ProveCommand.class,
            RunCommand.class,
            MaintenanceCommands.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a check disagreed",
            "2:bad input",
            "3:a data-quality gate failed, nothing was published",
            "4:unknown outcome",
            "75:temporary failure, try again"
        })
public final class BatchCommands {}
