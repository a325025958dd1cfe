package countinghouse.ingestion.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /** Runs a command in a process of its own; the answer is all that it printed. */
    public static String run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CommandMain.class.getName()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
