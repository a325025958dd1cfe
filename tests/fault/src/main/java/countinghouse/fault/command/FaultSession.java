package countinghouse.fault.command;

import countinghouse.fault.process.WorkFolder;
import countinghouse.fault.report.FaultReport;
import countinghouse.fault.report.Round;
import countinghouse.local.Platform;
import countinghouse.local.PlatformOptions;
import countinghouse.local.command.Interruption;
import java.nio.file.Path;
import java.util.function.Function;

/** A platform for one run of faults, in a folder of its own that stays only if something went wrong. */
public final class FaultSession {
    private final FaultOptions options;
    private final ReportOutput output;

    public FaultSession(FaultOptions options) {
        this.options = options;
        this.output = options.output();
    }

    /** Tells a person about a round. */
    public void say(Round round) {
        output.say(round);
    }

    /**
     * Starts a platform, lets it suffer, stops it and concludes.
     *
     * @param platformIn what to start in a folder
     * @param faults what to do to it
     * @throws countinghouse.kit.command.CommandFailure unless everything agreed
     */
    public void conclude(Function<Path, PlatformOptions> platformIn, Function<Platform, FaultReport> faults) {
        output.conclude(new Interruption(System.err).guard(() -> {
            WorkFolder folder = WorkFolder.in(options.folder());
            output.say("Starting a platform in " + folder.path());
            FaultReport report;
            try (Platform platform = Platform.start(platformIn.apply(folder.path()))) {
                report = faults.apply(platform);
            }
            if (report.agreed()) {
                folder.delete();
            }
            return report;
        }));
    }
}
