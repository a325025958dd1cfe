package countinghouse.app;

import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code countinghouse} command: whatever subcommands are on the class path, in one tool. */
@Command(
        name = "countinghouse",
        description = "Exact, provable counting and billing of events.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        version = "countinghouse 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a check disagreed",
            "2:bad input",
            "3:a data-quality gate failed, nothing was published",
            "4:unknown outcome",
            "5:incomplete: what could not be done is named, the rest is done",
            "75:temporary failure, try again"
        })
public final class Main {
    Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        String[] effective = arguments.length == 0 ? new String[] {"help"} : arguments;
        return new CommandRunner(new Main(), subcommands()).run(effective);
    }

    /** The subcommands of every module on the class path. */
    static List<Subcommand> subcommands() {
        return ServiceLoader.load(Subcommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(command -> command.getClass().getSimpleName()))
                .toList();
    }
}
