package countinghouse.local.demo;

import countinghouse.kit.command.Subcommand;
import countinghouse.local.command.StateOption;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prove}: the demo's checks once more, on the platform that {@code demo --keep} left running. */
@Command(
        name = "prove",
        description = "Check again everything that 'demo --keep' proved; exits with 1 if anything disagrees by now.",
        mixinStandardHelpOptions = true)
public final class ProveCommand implements Subcommand {
    @Mixin
    private StateOption state = new StateOption();

    @Option(names = "--report", paramLabel = "FILE", description = "Write what was proven as JSON.")
    private Path report;

    @Override
    public void run() {
        ReportFile.requireWritable(report);
        DemoPlatform platform = DemoPlatform.in(state.directory());
        try (MemorySampler memory = MemorySampler.start()) {
            DemoReport result = new Demo(platform, new Progress(System.out)).proveAgain(memory);
            ReportFile.conclude(result, report, System.out);
        }
    }
}
