package countinghouse.bench.dedup;

import countinghouse.bench.dedup.DedupReport.Point;
import countinghouse.bench.output.Workspace;
import countinghouse.bench.speed.report.Machine;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.speed.dedup.DedupLoad;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One run: each number of identities in turn, from nothing. */
final class DedupBench {
    private static final long WARM_UP = 1_000_000;
    private static final double NANOS = 1e9;

    private final long budgetBytes;
    private final Consumer<String> progress;

    DedupBench(long budgetBytes, Consumer<String> progress) {
        this.budgetBytes = budgetBytes;
        this.progress = progress;
    }

    /**
     * Draws the curve.
     *
     * @throws CommandFailure with {@link ExitCode#DISAGREED} if a verdict is wrong
     */
    DedupReport run(List<Long> identities) {
        Instant startedAt = Instant.now();
        try (Workspace workspace = Workspace.create("dedup")) {
            if (identities.stream().anyMatch(number -> number >= WARM_UP)) {
                DedupLoad.run(WARM_UP, budgetBytes, workspace.folder(), records -> {});
            }
            List<Point> points = new ArrayList<>();
            for (long number : identities) {
                Point point = point(number, workspace);
                points.add(point);
                progress.accept(String.format(
                        Locale.ROOT,
                        "%,d identities: right; %,.0f records per CPU-second",
                        number,
                        point.recordsPerCpuSecond()));
            }
            workspace.done();
            return new DedupReport("dedup", startedAt, Machine.now("none"), budgetBytes, points);
        } catch (DedupLoad.WrongVerdictException e) {
            throw new CommandFailure(ExitCode.DISAGREED, e.getMessage(), e);
        }
    }

    private Point point(long identities, Workspace workspace) {
        List<Double> tenths = new ArrayList<>();
        double[] since = {cpuSeconds()};
        double startCpu = since[0];
        long startNs = System.nanoTime();
        DedupLoad.Result result = DedupLoad.run(identities, budgetBytes, workspace.folder(), records -> {
            double now = cpuSeconds();
            tenths.add(records / (now - since[0]));
            since[0] = now;
        });
        return new Point(
                identities,
                result.duplicates(),
                result.spilled(),
                result.usedBytes(),
                result.diskBytes(),
                result.records() / ((System.nanoTime() - startNs) / NANOS),
                result.records() / (cpuSeconds() - startCpu),
                tenths);
    }

    /** Of the whole process, so that collecting garbage counts. */
    private static double cpuSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / NANOS;
    }
}
