package countinghouse.bench;

import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The process of {@code countinghouse bench ...}: every benchmark is a {@link Subcommand} on its class path. */
@Command(
        name = "bench",
        description = "Measure the platform beside its peers on the same work, checking every answer.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "BENCHMARK",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:an answer was wrong", "2:bad input", "75:temporary failure, try again"})
public final class BenchMain {
    BenchMain() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        List<Subcommand> benchmarks = ServiceLoader.load(Subcommand.class).stream()
                .filter(provider -> provider.type().getPackageName().startsWith(BenchMain.class.getPackageName()))
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(command -> command.getClass().getSimpleName()))
                .toList();
        String[] effective = arguments.length == 0 ? new String[] {"help"} : arguments;
        return new CommandRunner(new BenchMain(), benchmarks).run(effective);
    }
}
