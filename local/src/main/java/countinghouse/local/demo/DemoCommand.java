package countinghouse.local.demo;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.command.Interruption;
import countinghouse.local.command.StateOption;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.status.PlatformStatus;
import countinghouse.local.supervisor.SupervisorLaunch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: everything in one go, on a platform of its own. */
@Command(
        name = "demo",
        description = {
            "Play a simulated day on a platform of its own and prove every number: events, live counts, batch,"
                    + " publish, reconciliation, invoices and their lines back to raw events.",
            "Exits with 1 if anything disagrees."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Subcommand {
    @Option(names = "--events", paramLabel = "N", description = "Events to send (default: ${DEFAULT-VALUE}).")
    private int events = 100_000;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Another seed is another day (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what was proven as JSON.")
    private Path report;

    @Option(
            names = "--keep",
            description = "Leave the platform running, in the folder of 'up', and print its URLs; 'down' stops it.")
    private boolean keep;

    @Mixin
    private StateOption state = new StateOption();

    @Override
    public void run() {
        if (events < 1) {
            throw new CommandFailure(ExitCode.BAD_INPUT, "--events is %d; it must be at least 1".formatted(events));
        }
        ReportFile.requireWritable(report);
        Progress progress = new Progress(System.out);
        try (MemorySampler memory = MemorySampler.start()) {
            DemoReport result = new Interruption(System.err)
                    .guard(() -> keep ? onKeptPlatform(progress, memory) : onOwnPlatform(progress, memory));
            ReportFile.conclude(result, report, System.out);
        }
    }

    private DemoReport onKeptPlatform(Progress progress, MemorySampler memory) {
        StateDirectory directory = state.directory();
        if (!PlatformStatus.of(directory).state().equals(PlatformStatus.STOPPED)) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "A platform runs in %s, and the demo needs a fresh one; stop it with 'down' or choose another --state"
                            .formatted(directory));
        }
        if (Files.exists(directory.status()) || Files.exists(directory.configuration())) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "%s holds the data of an earlier platform, and the demo needs a fresh one; delete it or choose another --state"
                            .formatted(directory));
        }
        progress.stage("Starting Kafka, registry, Redis, PostgreSQL, HDFS and the services");
        new SupervisorLaunch(directory.prepare()).start(OptionalInt.empty(), Set.of(), progress::detail);
        DemoPlatform platform = DemoPlatform.in(directory);
        DemoReport result = new Demo(platform, progress).play(events, seed, memory);
        System.out.printf(
                "%nAPI and dashboard  %s%nToken              ./countinghouse token --role admin --state %s%nStop it"
                        + " with       ./countinghouse down --state %s%n",
                platform.api(), directory, directory);
        return result;
    }

    private DemoReport onOwnPlatform(Progress progress, MemorySampler memory) {
        Path folder = newFolder();
        progress.stage("Starting Kafka, registry, Redis, PostgreSQL, HDFS and the services");
        try (Platform platform = Platform.start(PlatformOptions.at(folder).onProgress(progress::detail))) {
            DemoReport result = new Demo(DemoPlatform.in(platform.state()), progress).play(events, seed, memory);
            platform.close();
            delete(folder);
            return result;
        }
    }

    /** A demo without {@code --keep} never meets another one's data; the folder is left behind only by a demo that failed. */
    private Path newFolder() {
        try {
            Path parent = Files.createDirectories(state.directory().root().resolve("demos"));
            return Files.createTempDirectory(parent, "demo-");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "Cannot write to the state folder %s (%s); make it writable or choose another with --state"
                            .formatted(state.directory(), e),
                    e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(
                    "countinghouse: cannot delete %s (%s); delete it by hand".formatted(folder, e.getMessage()));
        }
    }
}
