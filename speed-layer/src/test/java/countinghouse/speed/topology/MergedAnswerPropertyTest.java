package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.CountingConfig;
import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.EventType;
import countinghouse.speed.topology.LogLine.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whatever the log, wherever the topology is restarted and wherever the layers are cut: batch below the cut and speed from the cut on add up to what
 * the oracle says, row by row and in total.
 */
class MergedAnswerPropertyTest {
    private static final long WIDTH_MS = 2000;
    private static final long SPEED_HORIZON_MS = 6000;
    private static final long BATCH_HORIZON_MS = 14_000;
    private static final long START_MS = 1_760_000_000_000L;
    private static final CountingConfig COUNTING = new CountingConfig(
            Duration.ofMillis(WIDTH_MS), Duration.ofMillis(SPEED_HORIZON_MS), Duration.ofMillis(BATCH_HORIZON_MS));
    private static final int LONG_TRIES = 5000;

    /** A record before it has a position; {@code clockStepMs} moves the time, {@code skewMs} sets the clock of its topic's leader. */
    record Draft(
            Kind kind, int account, int source, int id, long clockStepMs, long skewMs, long ageMs, int thousandths) {}

    /** A restart after a share of the log, in percent. */
    record Restart(int percent, boolean compacted) {}

    record Scenario(List<Draft> drafts, List<Restart> restarts, int cutPercent) {}

    @Property(tries = 60, seed = "2026", shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void shouldMergeToTheOraclesAnswer(@ForAll("scenarios") Scenario scenario) {
        check(scenario);
    }

    @Test
    @EnabledIfSystemProperty(named = "countinghouse.full", matches = "true")
    void shouldMergeToTheOraclesAnswerInManyMoreScenarios() {
        JqwikSession.run(() -> {
            Random random = new Random(Long.getLong("countinghouse.seed", System.nanoTime()));
            RandomGenerator<Scenario> generator = scenarios().generator(1000);
            for (int i = 0; i < LONG_TRIES; i++) {
                check(generator.next(random).value());
            }
        });
    }

    private static void check(Scenario scenario) {
        List<LogLine> log = positioned(scenario.drafts());
        CountingOracle oracle = new CountingOracle(log, WIDTH_MS);
        Map<RowKey, RowValue> speed = speed(log, scenario.restarts());
        Map<RowKey, RowValue> batch = new BatchStandIn(COUNTING).recompute(log);
        long cutMs = cut(oracle.buckets(), scenario.cutPercent());
        LongUnaryOperator bothHorizons = bucketMs -> bucketMs < cutMs ? BATCH_HORIZON_MS : SPEED_HORIZON_MS;

        Map<OracleRow, List<LogLine>> bySpeed = oracle.rows(bucketMs -> SPEED_HORIZON_MS);
        Map<OracleRow, List<LogLine>> byBatch = oracle.rows(bucketMs -> BATCH_HORIZON_MS);
        assertThat(text(speed)).isEqualTo(oracleText(bySpeed));
        assertThat(text(batch)).isEqualTo(oracleText(byBatch));
        assertThat(merged(batch, speed, cutMs)).isEqualTo(oracleTotals(oracle.rows(bothHorizons)));
        shouldHaveEqualFingerprintsExactlyWhereTheEventsAreTheSame(speed, batch, bySpeed, byBatch);
    }

    private static void shouldHaveEqualFingerprintsExactlyWhereTheEventsAreTheSame(
            Map<RowKey, RowValue> speed,
            Map<RowKey, RowValue> batch,
            Map<OracleRow, List<LogLine>> bySpeed,
            Map<OracleRow, List<LogLine>> byBatch) {
        speed.forEach((key, row) -> {
            RowValue other = batch.get(key);
            if (other != null) {
                boolean sameEvents = bySpeed.get(oracleRow(key)).equals(byBatch.get(oracleRow(key)));
                assertThat(row.fingerprint().equals(other.fingerprint())).isEqualTo(sameEvents);
            }
        });
    }

    private static Map<RowKey, RowValue> speed(List<LogLine> log, List<Restart> restarts) {
        Path directory = newDirectory();
        try (DrivenTopology topology = new DrivenTopology(COUNTING, directory.toString(), log)) {
            restarts.stream()
                    .sorted((left, right) -> Integer.compare(left.percent(), right.percent()))
                    .forEach(restart -> {
                        topology.runTo(log.size() * restart.percent() / 100);
                        topology.restart(restart.compacted());
                    });
            topology.runTo(log.size());
            return topology.rows();
        }
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("driven-topology");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long cut(List<Long> buckets, int percent) {
        List<Long> sorted = buckets.stream().distinct().sorted().toList();
        int index = sorted.size() * percent / 100;
        return index == sorted.size() ? sorted.get(index - 1) + WIDTH_MS : sorted.get(index);
    }

    private static List<LogLine> positioned(List<Draft> drafts) {
        Map<EventType, Long> offsets = new EnumMap<>(EventType.class);
        Map<EventType, Long> skews = new EnumMap<>(EventType.class);
        List<LogLine> log = new ArrayList<>();
        long nowMs = START_MS;
        for (Draft draft : drafts) {
            nowMs += draft.clockStepMs();
            EventType type = draft.kind() == Kind.VIEW ? EventType.VIEW : EventType.CUSTOM;
            if (draft.skewMs() != 0) {
                skews.put(type, draft.skewMs());
            }
            long appendTimeMs = nowMs + skews.getOrDefault(type, 0L);
            boolean isView = draft.kind() == Kind.VIEW;
            log.add(new LogLine(
                    draft.kind(),
                    offsets.merge(type, 1L, Long::sum) - 1,
                    appendTimeMs,
                    "account-" + draft.account(),
                    "source-" + draft.source(),
                    "id-" + draft.id(),
                    appendTimeMs - draft.ageMs(),
                    isView
                            ? BigDecimal.valueOf(Math.abs(draft.thousandths() / 1000))
                            : BigDecimal.valueOf(draft.thousandths(), 3)));
        }
        return log;
    }

    private static OracleRow oracleRow(RowKey key) {
        String topic = key.partition().substring(0, key.partition().lastIndexOf('-'));
        return new OracleRow(key.meter(), key.account(), key.cellMs(), key.bucketMs(), topic);
    }

    private static Map<OracleRow, String> text(Map<RowKey, RowValue> rows) {
        Map<OracleRow, String> text = new HashMap<>();
        rows.forEach((key, row) ->
                assertThat(text.put(oracleRow(key), text(row.n(), row.value()))).isNull());
        return text;
    }

    private static Map<OracleRow, String> oracleText(Map<OracleRow, List<LogLine>> rows) {
        Map<OracleRow, String> text = new HashMap<>();
        rows.forEach((row, events) -> text.put(row, CountingOracle.text(row.meter(), events)));
        return text;
    }

    /** What a reader is told: meter, account and cell, whatever the bucket and the partition. */
    private static Map<String, String> merged(Map<RowKey, RowValue> batch, Map<RowKey, RowValue> speed, long cutMs) {
        Map<String, RowValue> totals = new HashMap<>();
        batch.forEach((key, row) -> {
            if (key.bucketMs() < cutMs) {
                totals.merge(reader(oracleRow(key)), row, (left, right) -> left.merge(aggregation(key), right));
            }
        });
        speed.forEach((key, row) -> {
            if (key.bucketMs() >= cutMs) {
                totals.merge(reader(oracleRow(key)), row, (left, right) -> left.merge(aggregation(key), right));
            }
        });
        Map<String, String> text = new HashMap<>();
        totals.forEach((reader, row) -> text.put(reader, text(row.n(), row.value())));
        return text;
    }

    private static Map<String, String> oracleTotals(Map<OracleRow, List<LogLine>> rows) {
        Map<String, List<LogLine>> events = new HashMap<>();
        Map<String, String> slugs = new HashMap<>();
        rows.forEach((row, counted) -> {
            events.computeIfAbsent(reader(row), ignored -> new ArrayList<>()).addAll(counted);
            slugs.put(reader(row), row.meter());
        });
        Map<String, String> text = new HashMap<>();
        events.forEach((reader, counted) -> text.put(reader, CountingOracle.text(slugs.get(reader), counted)));
        return text;
    }

    private static String reader(OracleRow row) {
        return row.meter() + "|" + row.account() + "|" + row.cellMs();
    }

    private static Aggregation aggregation(RowKey key) {
        return switch (key.meter()) {
            case "reading_min" -> Aggregation.MIN;
            case "reading_max" -> Aggregation.MAX;
            default -> Aggregation.SUM;
        };
    }

    private static String text(long n, BigDecimal value) {
        return n + "|" + Decimals.text(value);
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        Arbitrary<Restart> restart = Combinators.combine(
                        Arbitraries.integers().between(0, 100), Arbitraries.of(true, false))
                .as(Restart::new);
        return Combinators.combine(
                        drafts().list().ofMinSize(1).ofMaxSize(50),
                        restart.list().ofMaxSize(2),
                        Arbitraries.integers().between(0, 100))
                .as(Scenario::new);
    }

    private static Arbitrary<Draft> drafts() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(10, Kind.READING), Tuple.of(6, Kind.VIEW), Tuple.of(1, Kind.TICK), Tuple.of(1, Kind.RUBBISH));
        // Mostly forward, sometimes back, sometimes by just the horizon of either layer, give or take a bucket.
        Arbitrary<Long> clockSteps = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 900),
                Arbitraries.longs().between(-3000, 0),
                Arbitraries.longs().between(SPEED_HORIZON_MS - WIDTH_MS, SPEED_HORIZON_MS + WIDTH_MS),
                Arbitraries.longs().between(BATCH_HORIZON_MS - WIDTH_MS, BATCH_HORIZON_MS + WIDTH_MS));
        // 0 leaves the leader's clock as it is.
        Arbitrary<Long> skews = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.just(0L)),
                Tuple.of(1, Arbitraries.longs().between(-5000, 5000)));
        Arbitrary<Long> ages = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 2_000_000), Arbitraries.of(-400_000L, -100L, 36L * 86_400_000));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 3),
                        clockSteps,
                        skews,
                        ages,
                        Arbitraries.integers().between(-99_999, 99_999))
                .as(Draft::new);
    }
}
