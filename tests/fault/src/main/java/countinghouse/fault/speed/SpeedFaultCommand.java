package countinghouse.fault.speed;

import countinghouse.fault.command.FaultOptions;
import countinghouse.fault.command.FaultSession;
import countinghouse.fault.report.FaultReport;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fault speed}: kills what the live counts rest on, and compares every row in Redis. */
@Command(
        name = "speed",
        description = {
            "Send events to a platform of its own, kill -9 broker, Streams, projector and Redis at random moments, and"
                    + " compare every row in Redis with an oracle that reads the log.",
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
        List<Plan> plans = Plan.of(options.rounds(), options.seed());
        FaultSession session = new FaultSession(options);
        session.conclude(
                folder -> PlatformOptions.at(folder).with(PARTS), platform -> report(platform, plans, session));
    }

    private FaultReport report(Platform platform, List<Plan> plans, FaultSession session) {
        try (SpeedFaults faults = SpeedFaults.on(platform, options.seed(), options.eventsPerSecond(), session::say)) {
            return faults.run(plans);
        }
    }
}
