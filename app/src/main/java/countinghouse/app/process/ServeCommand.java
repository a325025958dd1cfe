package countinghouse.app.process;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.config.Settings;
import countinghouse.kit.process.ProcessRole;
import countinghouse.kit.process.ServiceProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a process with some roles until it is asked to stop. */
@Command(
        name = "serve",
        description = "Run a process with the given roles until it is stopped.",
        mixinStandardHelpOptions = true)
public final class ServeCommand implements Subcommand {
    @Option(
            names = "--roles",
            split = ",",
            required = true,
            paramLabel = "ROLE",
            description = "Any of ingest, api, billing, canary, speed, projector.")
    private List<String> roles;

    @Override
    public void run() {
        Map<String, ProcessRole> known = new TreeMap<>();
        ServiceLoader.load(ProcessRole.class).forEach(role -> known.put(role.name(), role));
        List<ProcessRole> wanted = new ArrayList<>();
        for (String role : roles) {
            if (!known.containsKey(role)) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT, "There is no role '%s'; the roles are %s".formatted(role, known.keySet()));
            }
            wanted.add(known.get(role));
        }
        ServiceProcess process = ServiceProcess.start(Settings.ofProcess(), wanted);
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
        awaitShutdown();
    }

    private static void awaitShutdown() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
