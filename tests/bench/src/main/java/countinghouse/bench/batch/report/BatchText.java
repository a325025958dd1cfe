package countinghouse.bench.batch.report;

import countinghouse.bench.batch.report.BatchReport.Summary;
import countinghouse.bench.speed.report.Spread;

/** The report for people, in Markdown. */
public final class BatchText {
    private BatchText() {}

    public static String of(BatchReport report) {
        StringBuilder text = new StringBuilder();
        text.append("%s, %d cores, %s; %s%n%n"
                .formatted(
                        report.machine().processor(),
                        report.machine().cores(),
                        report.machine().java(),
                        report.startedAt()));
        text.append(
                "| who | what | events | days of history | samples | wall s | CPU-s | CPU-s per million | peak MB |%n"
                        .formatted());
        text.append("|---|---|--:|--:|--:|--:|--:|--:|--:|%n".formatted());
        for (Summary summary : report.summaries()) {
            text.append("| %s | %s | %,d | %d | %d | %s | %s | %s | %.0f |%n"
                    .formatted(
                            summary.contestant(),
                            summary.part(),
                            summary.events(),
                            summary.historyDays(),
                            summary.samples(),
                            words(summary.wallSeconds()),
                            words(summary.cpuSeconds()),
                            words(summary.cpuSecondsPerMillion()),
                            summary.peakMegabytes().max()));
        }
        text.append("%n| CPU-seconds | ratio | aim | |%n|---|--:|--:|---|%n".formatted());
        for (Aim aim : report.aims()) {
            text.append("| %s | %.2f | <= %.2f | %s |%n"
                    .formatted(aim.what(), aim.ratio(), aim.atMost(), aim.met() ? "met" : "missed"));
        }
        report.facts().forEach((name, value) -> text.append("%n%s: %s".formatted(name, value)));
        return text.toString();
    }

    private static String words(Spread spread) {
        return "%.2f (%.2f..%.2f)".formatted(spread.median(), spread.min(), spread.max());
    }
}
