package countinghouse.bench.dedup;

import countinghouse.bench.output.JsonTarget;
import countinghouse.bench.output.ReportOption;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code countinghouse bench dedup}: de-duplication alone, within a memory budget. */
@Command(
        name = "dedup",
        description =
                "Tell duplicates from first arrivals within a fixed memory, with the state of the speed layer alone; every"
                        + " verdict is checked.",
        mixinStandardHelpOptions = true)
public final class DedupCommand implements Subcommand {
    private static final long MEBIBYTE = 1 << 20;

    @Option(
            names = "--identities",
            split = ",",
            defaultValue = "10000000,50000000,100000000",
            paramLabel = "N",
            description =
                    "Identities within the horizon; several are measured one after another (default: ${DEFAULT-VALUE}).")
    private List<Long> identities;

    @Option(
            names = "--budget",
            defaultValue = "512",
            paramLabel = "MIB",
            description = "dedup.memory-budget in MiB (default: ${DEFAULT-VALUE}).")
    private long budgetMebibytes;

    @Mixin
    private ReportOption output;

    @Override
    public void run() {
        if (budgetMebibytes < 1 || identities.stream().anyMatch(number -> number < 1)) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "--identities and --budget must be above 0; give whole numbers");
        }
        JsonTarget target = output.target();
        DedupReport report = new DedupBench(budgetMebibytes * MEBIBYTE, target.progress()).run(identities);
        target.write(report, report.markdown());
    }
}
