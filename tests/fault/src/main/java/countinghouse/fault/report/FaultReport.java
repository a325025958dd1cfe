package countinghouse.fault.report;

import java.util.List;
import java.util.Map;

/**
 * What a run of faults found.
 *
 * @param layer {@code speed} or {@code batch}
 * @param seed gives the same kills again
 * @param agreed whether every row agreed in every round, and every round killed something
 */
public record FaultReport(String layer, long seed, boolean agreed, List<Round> rounds, Totals totals) {
    /** @param records of the log by what became of them */
    public static FaultReport of(String layer, long seed, List<Round> rounds, Map<String, Long> records) {
        boolean agreed = !rounds.isEmpty() && rounds.stream().allMatch(Round::isInOrder);
        return new FaultReport(layer, seed, agreed, List.copyOf(rounds), Totals.of(rounds, records));
    }
}
