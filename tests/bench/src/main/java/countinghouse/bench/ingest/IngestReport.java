package countinghouse.bench.ingest;

import countinghouse.bench.freshness.Delay;
import countinghouse.bench.speed.report.Machine;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Everything a run found out; every event was found in the log, or there would be no report.
 *
 * @param batchSize events in a request
 * @param connections each waits for the answer before it sends again
 * @param recordBytes mean size of a stored value, and of the peer's records
 */
public record IngestReport(
        String benchmark,
        Instant startedAt,
        Machine machine,
        int batchSize,
        int connections,
        int recordBytes,
        List<Throughput> throughputs,
        List<AtRate> rates) {
    private static final double AIM = 0.5;
    private static final double HELD = 0.99;

    /**
     * One sample with all batches due at once.
     *
     * @param ours events a second through the door
     * @param peer records a second of kafka-producer-perf-test
     * @param doorCpuMicros processor time of the door's process for an event
     */
    public record Throughput(double ours, double peer, double doorCpuMicros) {
        double ratio() {
            return ours / peer;
        }
    }

    /**
     * One open-loop run.
     *
     * @param delay from when a batch was due until its 204
     * @param refused answers 503, each followed by another try
     */
    public record AtRate(int eventsPerSecond, double reached, Delay delay, long refused) {
        boolean isHeld() {
            return reached >= HELD * eventsPerSecond;
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "batches of %d on %d connections, records of %d bytes, acks=all, %s, %d cores, load average %.1f; started %s%n%n",
                batchSize,
                connections,
                recordBytes,
                machine.processor(),
                machine.cores(),
                machine.loadAverage(),
                startedAt));
        text.append(
                "| sample | ours, events/s | kafka-producer-perf-test, records/s | ratio | CPU of the door, us/event |\n"
                        + "|--:|--:|--:|--:|--:|\n");
        int sample = 1;
        for (Throughput seen : throughputs) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %,.0f | %,.0f | %.2f | %.1f |%n",
                    sample++,
                    seen.ours(),
                    seen.peer(),
                    seen.ratio(),
                    seen.doorCpuMicros()));
        }
        if (!throughputs.isEmpty()) {
            double median = medianRatio();
            text.append(String.format(
                    Locale.ROOT,
                    "%n- aim: at least %.1f of it: %.2f (median), %s%n",
                    AIM,
                    median,
                    median >= AIM ? "met" : "missed"));
        }
        rates(text);
        return text.toString();
    }

    private void rates(StringBuilder text) {
        if (rates.isEmpty()) {
            return;
        }
        text.append(
                "\n| due, events/s | reached | held | due to 204, ms: p50 | p99 | max | 503 |\n|--:|--:|---|--:|--:|--:|--:|\n");
        for (AtRate rate : rates) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %,.0f | %s | %.0f | %.0f | %.0f | %d |%n",
                    rate.eventsPerSecond(),
                    rate.reached(),
                    rate.isHeld() ? "yes" : "no",
                    rate.delay().p50Ms(),
                    rate.delay().p99Ms(),
                    rate.delay().maxMs(),
                    rate.refused()));
        }
    }

    private double medianRatio() {
        List<Double> sorted = throughputs.stream()
                .map(Throughput::ratio)
                .sorted(Comparator.naturalOrder())
                .toList();
        return sorted.get(sorted.size() / 2);
    }
}
