package countinghouse.fault.batch;

import countinghouse.fault.command.FaultOptions;
import countinghouse.fault.command.FaultSession;
import countinghouse.fault.report.FaultReport;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fault batch}: kills what a batch run rests on, and compares archive, published counts and answers. */
@Command(
        name = "batch",
        description = {
            "Send events to a platform of its own, kill -9 Spark, its command, one of two archivers, HDFS, PostgreSQL"
                    + " and broker at random moments of 'batch run', run again until it succeeds, and compare archive,"
                    + " published counts and the API's answers with an oracle that reads the log.",
            "Exits with 1 on any difference, or if a round killed nothing; a missed time is only said."
        },
        mixinStandardHelpOptions = true)
public final class BatchFaultCommand implements Subcommand {
    @Mixin
    private FaultOptions options = new FaultOptions();

    @Override
    public void run() {
        List<BatchPlan> plans = BatchPlan.of(options.rounds(), options.seed());
        FaultSession session = new FaultSession(options);
        session.conclude(PlatformOptions::at, platform -> report(platform, plans, session));
    }

    private FaultReport report(Platform platform, List<BatchPlan> plans, FaultSession session) {
        try (BatchFaults faults = BatchFaults.on(platform, options.seed(), options.eventsPerSecond(), session::say)) {
            return faults.run(plans);
        }
    }
}
