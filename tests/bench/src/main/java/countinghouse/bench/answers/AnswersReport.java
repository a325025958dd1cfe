package countinghouse.bench.answers;

import countinghouse.bench.freshness.Delay;
import countinghouse.bench.speed.report.Machine;
import java.time.Instant;
import java.util.Locale;

/**
 * What a run saw; every answer was right in the end.
 *
 * @param eventsPerSecond that were due
 * @param carriedPerSecond that the door took
 * @param refused batches answered 503 and sent again
 * @param commitIntervalMs of the speed layer
 * @param sincePost from just before a POST until the API's answer had its event
 * @param sinceStored from the door's 204 on
 */
public record AnswersReport(
        String benchmark,
        Instant startedAt,
        Machine machine,
        int eventsPerSecond,
        double carriedPerSecond,
        long refused,
        int commitIntervalMs,
        Delay sincePost,
        Delay sinceStored) {
    private static final double AIM_MS = 1000;

    String markdown() {
        return String.format(
                Locale.ROOT,
                """
                bench answers: %,d events/s through the door (%,.0f carried, %d batches refused), commit %d ms, %s, %d cores, load average %.1f

                | from | probes | p50 ms | p90 | p99 | p99.9 | max |
                |---|--:|--:|--:|--:|--:|--:|
                %s%s
                aim: p99 from the POST to the changed answer under %.0f ms: %s
                """,
                eventsPerSecond,
                carriedPerSecond,
                refused,
                commitIntervalMs,
                machine.processor(),
                machine.cores(),
                machine.loadAverage(),
                line("POST to changed answer", sincePost),
                line("204 to changed answer", sinceStored),
                AIM_MS,
                sincePost.p99Ms() < AIM_MS ? "met" : "missed");
    }

    private static String line(String what, Delay delay) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                what,
                delay.events(),
                delay.p50Ms(),
                delay.p90Ms(),
                delay.p99Ms(),
                delay.p999Ms(),
                delay.maxMs());
    }
}
