package countinghouse.bench.serve;

import countinghouse.bench.speed.report.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a run measured.
 *
 * @param accounts with counts in both layers
 * @param startSeconds from the start of the API's process until it was ready
 * @param startMegabytes what its process took then
 * @param residentMegabytes what it took after the load
 * @param rounds of both servers in turn, in the order of the run
 * @param requestsPerSecond of the open load: half of what ours did on median
 * @param openMs p50, p90, p99, p99.9 and maximum of ours, from when a request was due
 */
public record ServeReport(
        String benchmark,
        Instant startedAt,
        Machine machine,
        int accounts,
        double startSeconds,
        double startMegabytes,
        double residentMegabytes,
        List<Round> rounds,
        double requestsPerSecond,
        List<Double> openMs) {
    /**
     * One round: requests a second, and processor time of the server (for ours, with Redis and PostgreSQL) per request.
     */
    public record Round(double ours, double oursMicros, double peer, double peerMicros) {}

    double ratio() {
        return median(rounds.stream().map(round -> round.ours / round.peer).toList());
    }

    double processorRatio() {
        return median(rounds.stream()
                .map(round -> round.peerMicros / round.oursMicros)
                .toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "bench serve: %,d accounts, every answer checked; load average %.1f at the end%n%n",
                accounts,
                machine.loadAverage()));
        text.append("| round | merged reads/s | CPU us each | static JSON/s | CPU us each |\n|---|---|---|---|---|\n");
        for (int n = 0; n < rounds.size(); n++) {
            Round round = rounds.get(n);
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %,.0f | %.1f | %,.0f | %.1f |%n",
                    n + 1,
                    round.ours,
                    round.oursMicros,
                    round.peer,
                    round.peerMicros));
        }
        text.append(String.format(
                Locale.ROOT,
                "%nreads/s beside static JSON: %.2f (aim 0.6; the load generator works on the same cores); by the servers' CPU alone: %.2f%n",
                ratio(),
                processorRatio()));
        text.append(String.format(
                Locale.ROOT,
                "at half of that load, %,.0f reads/s: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms (aim 10), p99.9 %.1f ms, maximum %.1f ms%n",
                requestsPerSecond,
                openMs.get(0),
                openMs.get(1),
                openMs.get(2),
                openMs.get(3),
                openMs.get(4)));
        text.append(String.format(
                Locale.ROOT,
                "API process: ready after %.1f s (aim 3) with %.0f MB resident (aim 300); %.0f MB after the load%n",
                startSeconds,
                startMegabytes,
                residentMegabytes));
        return text.toString();
    }
}
