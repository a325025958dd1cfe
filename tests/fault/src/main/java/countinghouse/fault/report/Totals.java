package countinghouse.fault.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All rounds together.
 *
 * @param kills per process
 * @param records of the log by what became of them
 */
public record Totals(
        int rounds,
        Map<String, Long> kills,
        long eventsAcknowledged,
        long sendsRepeated,
        Map<String, Long> records,
        long rowsCompared,
        long differences,
        double slowestRestartSeconds,
        double slowestFirstRecordSeconds,
        double slowestCatchUpSeconds,
        List<String> missedAims) {
    static Totals of(List<Round> rounds, Map<String, Long> records) {
        Map<String, Long> kills = new TreeMap<>();
        for (Round round : rounds) {
            for (String process : new String[] {round.killed(), round.killedAlong()}) {
                if (process != null) {
                    kills.merge(process, 1L, Long::sum);
                }
            }
        }
        return new Totals(
                rounds.size(),
                kills,
                rounds.stream().mapToLong(Round::eventsAcknowledged).sum(),
                rounds.stream().mapToLong(Round::sendsRepeated).sum(),
                new TreeMap<>(records),
                rounds.stream().mapToLong(Round::rowsCompared).sum(),
                rounds.stream().mapToLong(Round::differences).sum(),
                rounds.stream().mapToDouble(Round::secondsToRestart).max().orElse(0),
                slowest(rounds, Round::secondsToFirstRecord),
                slowest(rounds, Round::secondsToCatchUp),
                Aims.missed(rounds));
    }

    private static double slowest(List<Round> rounds, Function<Round, Double> time) {
        return rounds.stream()
                .map(time)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }
}
