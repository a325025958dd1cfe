package countinghouse.ingestion.testing;

import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;

/** The commands of this module in a process of their own, so that they read their settings from its environment. */
@Command(name = "countinghouse")
public final class CommandMain {
    private CommandMain() {}

    public static void main(String[] arguments) {
        List<Subcommand> commands = ServiceLoader.load(Subcommand.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        System.exit(new CommandRunner(new CommandMain(), commands).run(arguments));
    }
}
