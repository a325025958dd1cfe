package countinghouse.bench.speed.report;

import countinghouse.bench.speed.contestant.Contestants;
import java.util.List;
import java.util.function.Function;

/**
 * What a peer was seen to do before, on two cores with Java 17: a run in which it does much less has handicapped it, and its ratios mean
 * nothing. The ceiling and Flink with RocksDB have no figure for the whole of their job, so they cannot be judged.
 *
 * @param conditions under which the figure was seen
 * @param perUnit the same unit, of a summary
 */
record KnownFigure(
        String contestant, double figure, String unit, String conditions, Function<Summary, Spread> perUnit) {
    /** A peer may be slower than its figure by this much: the conditions differ, and ours include writing to Redis. */
    static final double TOLERANCE = 0.30;
    /** In a shorter run the JVM's warm-up decides. */
    static final int LEAST_EVENTS = 1_000_000;

    static final List<KnownFigure> ALL = List.of(
            new KnownFigure(
                    Contestants.FLINK_HASHMAP,
                    94_000,
                    "events per CPU-second of Flink and broker",
                    "3 M events, 2 % duplicates, exactly-once checkpoints every 1 s, no Kafka or Redis output",
                    Summary::eventsPerCpuSecondWithoutRedis),
            new KnownFigure(
                    Contestants.DSL,
                    33_000,
                    "events per CPU-second of Streams and broker",
                    "3 M events, 2 % duplicates, exactly once, commit 1 s, RocksDB window dedup and windowed count, no"
                            + " Redis output",
                    Summary::eventsPerCpuSecondWithoutRedis),
            new KnownFigure(
                    Contestants.INCREMENT,
                    15_000,
                    "events per second",
                    "one INCR per event, each awaited, 15-25 k/s",
                    Summary::eventsPerSecond));

    double least() {
        return figure * (1 - TOLERANCE);
    }

    double seen(Summary summary) {
        return perUnit.apply(summary).median();
    }
}
