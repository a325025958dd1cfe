package countinghouse.bench.speed.contestant;

import countinghouse.bench.speed.peer.CeilingMain;
import countinghouse.bench.speed.peer.DslMain;
import countinghouse.bench.speed.peer.IncrementMain;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everyone who can take part, by the word that {@code --only} takes. */
public final class Contestants {
    /** What the ratios are against. */
    public static final String REFERENCE = "ours-1000ms";

    public static final String CEILING = "ceiling";
    public static final String FLINK_HASHMAP = "flink-hashmap";
    public static final String FLINK_ROCKSDB = "flink-rocksdb";
    public static final String DSL = "dsl";
    public static final String INCREMENT = "incr";

    private static final String OURS = "ours";
    private static final String BENCH = "bench";
    private static final String BENCH_FLINK = "bench-flink";
    private static final String FLINK_MAIN = "countinghouse.bench.flink.FlinkMain";

    /** Enough for a rate, for it has nothing to warm up and would take most of the run. */
    private static final int INCREMENTS = 200_000;

    private static final List<String> FLINK_JVM = List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED");

    private Contestants() {}

    /** By word, in the order in which they take turns; {@code ours} is two. */
    private static Map<String, List<Contestant>> known() {
        Map<String, List<Contestant>> known = new LinkedHashMap<>();
        known.put(OURS, List.of(new SpeedLayer(1000), new SpeedLayer(200)));
        known.put(
                CEILING,
                List.of(peer(
                        CEILING,
                        "Ceiling: plain consumer, primitive set, pipelined HSET; no fault tolerance",
                        CeilingMain.class,
                        Map.of("flush", "1 s"),
                        Integer.MAX_VALUE)));
        known.put(FLINK_HASHMAP, List.of(flink(FLINK_HASHMAP, "Flink 2.2.1, hashmap state", "hashmap")));
        known.put(FLINK_ROCKSDB, List.of(flink(FLINK_ROCKSDB, "Flink 2.2.1, RocksDB state", "rocksdb")));
        known.put(
                DSL,
                List.of(peer(
                        DSL,
                        "Kafka Streams 4.3.1 DSL: window-store dedup, windowed count, exactly once",
                        DslMain.class,
                        Map.of("commit.interval.ms", "1000", "statestore.cache.max.bytes", "256 MiB", "threads", "1"),
                        Integer.MAX_VALUE)));
        known.put(
                INCREMENT,
                List.of(peer(
                        INCREMENT,
                        "One HINCRBY per event, awaited",
                        IncrementMain.class,
                        Map.of("pipelining", "none"),
                        INCREMENTS)));
        return known;
    }

    /**
     * The contestants of some words; of all words if there are none.
     *
     * @throws CommandFailure for a word that names nobody
     */
    public static List<Contestant> of(List<String> words) {
        Map<String, List<Contestant>> known = known();
        List<Contestant> chosen = new ArrayList<>();
        for (String word : words.isEmpty() ? known.keySet() : words) {
            if (!known.containsKey(word)) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Nobody is called '%s'; choose among %s".formatted(word, String.join(",", known.keySet())));
            }
            chosen.addAll(known.get(word));
        }
        return chosen;
    }

    /** Reads the beginning of the topic before anybody is measured. */
    public static Contestant reader() {
        return known().get(CEILING).get(0);
    }

    /** Writes in transactions before anybody is measured; it cannot be told to stop before the topic's end. */
    public static Contestant transactionalWriter() {
        return known().get(OURS).get(0);
    }

    private static Contestant peer(
            String name, String description, Class<?> main, Map<String, String> settings, int most) {
        return new Peer(name, description, BENCH, main.getName(), "", List.of(), settings, most);
    }

    private static Contestant flink(String name, String description, String backend) {
        return new Peer(
                name,
                description + ", exactly-once checkpoints every 1 s",
                BENCH_FLINK,
                FLINK_MAIN,
                backend,
                FLINK_JVM,
                Map.of("state.backend.type", backend, "checkpoint interval", "1 s", "parallelism", "1"),
                Integer.MAX_VALUE);
    }
}
