package countinghouse.fault;

import countinghouse.fault.batch.BatchFaultCommand;
import countinghouse.fault.speed.SpeedFaultCommand;
import countinghouse.kit.command.CommandRunner;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The process of {@code countinghouse fault ...}. */
@Command(
        name = "fault",
        description = "Kill processes of a platform under load and compare every count with an oracle of another hand.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "LAYER",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every row agreed in every round",
            "1:a row differed, or a round killed nothing",
            "2:bad input",
            "75:temporary failure, try again"
        })
public final class FaultMain {
    FaultMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the command line; the answer is the exit status. */
    public static int run(String... arguments) {
        String[] effective = arguments.length == 0 ? new String[] {"help"} : arguments;
        return new CommandRunner(new FaultMain(), List.of(new SpeedFaultCommand(), new BatchFaultCommand()))
                .run(effective);
    }
}
