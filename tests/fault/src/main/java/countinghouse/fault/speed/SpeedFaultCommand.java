package countinghouse.fault.speed;

import countinghouse.fault.command.FaultOptions;
import countinghouse.fault.command.ReportOutput;
import countinghouse.fault.process.WorkFolder;
import countinghouse.fault.report.FaultReport;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.command.Interruption;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fault speed}: kills what the live counts rest on, and compares every row in Redis. */
@Command(
        name = "speed",
        description = {
            "Send events to a platform of its own, kill -9 broker, Streams, projector and Redis at random moments, and compare every row"
                    + " in Redis with an oracle that reads the log.",
            "Exits with 1 on any difference, or if a round killed nothing; a missed time is only said."
        },
        mixinStandardHelpOptions = true)
public final class SpeedFaultCommand implements Subcommand {
    private static final Set<String> PARTS =
            Set.of(Platform.KAFKA, Platform.REGISTRY, Platform.REDIS, Platform.SPEED, Platform.PROJECTOR);

    @Mixin
    private FaultOptions options = new FaultOptions();

    @Override
    public void run() {
        ReportOutput output = options.output();
        var plans = Plan.of(options.rounds(), options.seed());
        int eventsPerSecond = options.eventsPerSecond();
        output.conclude(new Interruption(System.err).guard(() -> {
            WorkFolder folder = WorkFolder.in(options.folder());
            output.say("Starting broker, registry, Redis, Streams and projector in " + folder.path());
            FaultReport report;
            try (Platform platform =
                            Platform.start(PlatformOptions.at(folder.path()).with(PARTS));
                    SpeedFaults faults = SpeedFaults.on(platform, options.seed(), eventsPerSecond, output::say)) {
                report = faults.run(plans);
            }
            if (report.agreed()) {
                folder.delete();
            }
            return report;
        }));
    }
}
