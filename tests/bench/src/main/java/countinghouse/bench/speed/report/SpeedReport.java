package countinghouse.bench.speed.report;

import countinghouse.bench.speed.contestant.Contestant;
import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.trial.Sample;
import countinghouse.bench.speed.workload.Expected;
import countinghouse.bench.speed.workload.Preload.Written;
import countinghouse.bench.speed.workload.Workload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a run found out.
 *
 * @param unit what the ratios compare
 * @param settings by contestant
 */
public record SpeedReport(
        String benchmark,
        Instant startedAt,
        Machine machine,
        Map<String, Object> workload,
        Map<String, Map<String, String>> settings,
        Validity validity,
        String unit,
        List<Ratio> ratios,
        List<Summary> summaries,
        List<Sample> samples) {
    private static final String UNIT = "events per CPU-second of processor, broker and Redis together";

    public static SpeedReport of(
            Instant startedAt,
            Machine machine,
            Workload workload,
            Written written,
            Expected expected,
            List<Contestant> contestants,
            List<Sample> samples) {
        List<Summary> summaries = contestants.stream()
                .map(contestant -> Summary.of(
                        contestant.name(),
                        contestant.description(),
                        samples.stream()
                                .filter(sample -> sample.contestant().equals(contestant.name()))
                                .toList()))
                .toList();
        return new SpeedReport(
                "speed",
                startedAt,
                machine,
                describe(workload, written, expected),
                settings(contestants),
                Validity.of(summaries, workload.deliveries()),
                UNIT,
                Ratio.of(summaries),
                summaries,
                samples);
    }

    private static Map<String, Object> describe(Workload workload, Written written, Expected expected) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("deliveries", workload.deliveries());
        description.put("differentEvents", expected.events());
        description.put("counts", expected.counts().size());
        description.put("seed", workload.seed());
        description.put("accounts", Workload.ACCOUNTS);
        description.put("skew", "Zipf, exponent 1");
        description.put("duplicatesPerCent", Workload.DUPLICATES_PER_CENT);
        description.put("valueBytes", written.bytesPerRecord());
        description.put("partitions", Stage.PARTITIONS);
        return description;
    }

    private static Map<String, Map<String, String>> settings(List<Contestant> contestants) {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        settings.put("broker", Map.of("jvm", String.join(" ", Stage.BROKER_JVM)));
        settings.put("every contestant", Map.of("jvm", String.join(" ", Stage.CONTESTANT_JVM)));
        contestants.forEach(contestant -> settings.put(contestant.name(), new TreeMap<>(contestant.settings())));
        return settings;
    }
}
