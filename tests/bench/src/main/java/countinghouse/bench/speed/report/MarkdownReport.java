package countinghouse.bench.speed.report;

import java.util.Locale;

/** A run as Markdown, to be pasted into docs/performance.md. */
public final class MarkdownReport {
    private static final String HEAD = """
        | contestant (every answer equal to the oracle's) | events/s | wall s per M | CPU-s per M | processor + broker + Redis | events per CPU-s | with start-up, CPU-s per M | start-up s |
        |---|--:|--:|--:|--:|--:|--:|--:|
        """;

    private MarkdownReport() {}

    /** The table of contestants, then the ratios, then whether they mean anything. */
    public static String of(SpeedReport report) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%s events, %d samples, %s, %d cores, %s, load average %.1f; started %s%n",
                report.workload().get("deliveries"),
                report.summaries().get(0).samples(),
                report.machine().processor(),
                report.machine().cores(),
                report.machine().memory(),
                report.machine().loadAverage(),
                report.startedAt());
        text.append(HEAD);
        for (Summary summary : report.summaries()) {
            line(
                    text,
                    "| %s | %,.0f | %s | %s | %.2f + %.2f + %.2f | %,.0f | %.2f | %.1f |",
                    summary.description(),
                    summary.eventsPerSecond().median(),
                    spread(summary.wallSecondsPerMillion()),
                    spread(summary.cpuSecondsPerMillion()),
                    summary.processorCpuSecondsPerMillion().median(),
                    summary.brokerCpuSecondsPerMillion().median(),
                    summary.redisCpuSecondsPerMillion().median(),
                    summary.eventsPerCpuSecond().median(),
                    summary.wholeCpuSecondsPerMillion().median(),
                    summary.startUpSeconds().median());
        }
        text.append('\n');
        for (Ratio ratio : report.ratios()) {
            line(text, "- ours at 1 s / %s = %.2f%s", ratio.against(), ratio.ratio(), aim(ratio));
        }
        line(text, "- the run is %s", report.validity().status());
        report.validity().reasons().forEach(reason -> line(text, "  - %s", reason));
        return text.toString();
    }

    private static String aim(Ratio ratio) {
        return ratio.aim() == null
                ? ""
                : String.format(Locale.ROOT, " (aim %.1f: %s)", ratio.aim(), ratio.met() ? "met" : "missed");
    }

    private static String spread(Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", spread.median(), spread.min(), spread.max());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
