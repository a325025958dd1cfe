package countinghouse.billing.books;

import com.fasterxml.jackson.core.type.TypeReference;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.BillingReport;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bills October 2026 in a process of its own, which can be killed and measured. Its last line of output is {@link Measure} as JSON. */
public final class BillingProcess {
    private BillingProcess() {}

    /** Starts one; its output goes to a file. */
    public static Process start(Books books, int batchSize, int heapMegabytes, Path output) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx%dm".formatted(heapMegabytes),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                BillingProcess.class.getName(),
                Json.text(books.settingsMap()),
                Integer.toString(batchSize)));
        File file = output.toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file)
                .start();
    }

    /** Runs in the child. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings =
                Json.mapper().readValue(arguments[0], new TypeReference<Map<String, String>>() {});
        settings.put("billing.batch-size", arguments[1]);
        long start = System.nanoTime();
        try (Billing billing = Billing.open(Settings.of(settings), Optional.empty(), Clock.systemUTC())) {
            BillingReport report = billing.run()
                    .withProgress((step, done) -> System.out.println(step + " " + done))
                    .runAll(BillingPeriod.parse("2026-10"), "run-child", "child");
            System.out.println(Json.text(new Measure(
                    report.invoices().documents(),
                    report.payouts().documents(),
                    report.linesVerified(),
                    report.linesFailed(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis(),
                    cpuMillis(),
                    peakHeapMegabytes())));
        }
    }

    private static long cpuMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElse(-1L);
    }

    private static long peakHeapMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }

    /**
     * What a run came to.
     *
     * @param invoices made
     * @param payouts made
     * @param linesVerified recomputed from the published counts
     * @param linesFailed of them
     * @param wallMillis of the run
     * @param cpuMillis of the process, its start included
     * @param peakHeapMegabytes sum of the peaks of the heap's pools, before any collection
     */
    public record Measure(
            long invoices,
            long payouts,
            long linesVerified,
            long linesFailed,
            long wallMillis,
            long cpuMillis,
            long peakHeapMegabytes) {}
}
