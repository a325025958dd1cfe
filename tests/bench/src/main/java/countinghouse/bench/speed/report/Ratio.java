package countinghouse.bench.speed.report;

import countinghouse.bench.speed.contestant.Contestants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ours against another, in events per CPU-second of processor, broker and Redis together: above 1 means that ours is cheaper.
 *
 * @param aim of issue 3; null if it states none
 * @param met whether the aim is met; null if there is none
 */
public record Ratio(String against, double ratio, Double aim, Boolean met) {
    private static final Map<String, Double> AIMS =
            Map.of(Contestants.CEILING, 0.5, Contestants.FLINK_HASHMAP, 2.0, Contestants.DSL, 5.0);

    static List<Ratio> of(List<Summary> summaries) {
        Optional<Summary> ours = summaries.stream()
                .filter(summary -> summary.contestant().equals(Contestants.REFERENCE))
                .findFirst();
        List<Ratio> ratios = new ArrayList<>();
        for (Summary other : summaries) {
            if (ours.isPresent() && other != ours.get()) {
                double ratio = ours.get().eventsPerCpuSecond().median()
                        / other.eventsPerCpuSecond().median();
                Double aim = AIMS.get(other.contestant());
                ratios.add(new Ratio(other.contestant(), ratio, aim, aim == null ? null : ratio >= aim));
            }
        }
        return ratios;
    }
}
