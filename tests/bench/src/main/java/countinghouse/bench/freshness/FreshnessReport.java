package countinghouse.bench.freshness;

import countinghouse.bench.speed.report.Machine;
import countinghouse.bench.speed.stage.CpuSeconds;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Everything a run found out.
 *
 * @param commitIntervalMs of the speed layer
 */
public record FreshnessReport(
        String benchmark, Instant startedAt, Machine machine, long commitIntervalMs, List<AtRate> rates) {
    private static final int AIM_RATE = 20_000;
    private static final double AIM_MS = 800;

    /**
     * What was seen at one rate; the answer was right, or there would be no report.
     *
     * @param sinceAccepted from the broker's acknowledgement until Redis shows the event
     * @param sinceScheduled from when the event was due, whether or not it could be sent then
     * @param catchUpSeconds from the last event's due time until Redis showed all
     * @param cpu of all servers over the whole run
     */
    public record AtRate(
            int eventsPerSecond,
            int seconds,
            Delay sinceAccepted,
            Delay sinceScheduled,
            double catchUpSeconds,
            CpuSeconds cpu) {}

    String markdown() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "commit %d ms, %s, %d cores, load average %.1f; started %s%n%n",
                commitIntervalMs,
                machine.processor(),
                machine.cores(),
                machine.loadAverage(),
                startedAt));
        text.append("""
            | events/s | accepted to in Redis, ms: p50 | p90 | p99 | p99.9 | max | due to in Redis, ms: p50 | p99 | max | caught up after s |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """);
        for (AtRate rate : rates) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f |%n",
                    rate.eventsPerSecond(),
                    rate.sinceAccepted().p50Ms(),
                    rate.sinceAccepted().p90Ms(),
                    rate.sinceAccepted().p99Ms(),
                    rate.sinceAccepted().p999Ms(),
                    rate.sinceAccepted().maxMs(),
                    rate.sinceScheduled().p50Ms(),
                    rate.sinceScheduled().p99Ms(),
                    rate.sinceScheduled().maxMs(),
                    rate.catchUpSeconds()));
        }
        rates.stream()
                .filter(rate -> rate.eventsPerSecond() == AIM_RATE)
                .map(rate -> rate.sinceAccepted().p99Ms() < AIM_MS ? "met" : "missed")
                .forEach(verdict -> text.append(String.format(
                        Locale.ROOT, "%n- aim: p99 under %.0f ms at %,d events/s: %s%n", AIM_MS, AIM_RATE, verdict)));
        return text.toString();
    }
}
