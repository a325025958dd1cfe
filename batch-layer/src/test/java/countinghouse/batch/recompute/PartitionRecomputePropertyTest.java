package countinghouse.batch.recompute;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.recompute.PartitionRecompute.SourcePartition;
import countinghouse.metering.event.Event;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compares the one pass with an oracle that looks at every pair of records and knows nothing of windows, buckets in order or rows. */
class PartitionRecomputePropertyTest {
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long HORIZON_MS = 5 * HOUR_MS;
    private static final long SPEED_HORIZON_MS = 2 * HOUR_MS;
    private static final long START_MS = 20_000 * DAY_MS;

    @Property(tries = 200)
    void shouldCountWhatTheOracleCounts(@ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int records) {
        List<ArchivedRecord> log = log(new Random(seed), records);
        long closedThroughMs = START_MS + 30 * HOUR_MS;

        Map<RowKey, RowValue> rows = new HashMap<>();
        Map<RowKey, RowValue> late = new HashMap<>();
        Map<Integer, Conservation> days = recompute(log, List.of(), closedThroughMs, rows, late);

        assertThat(views(rows)).isEqualTo(oracleViews(log, closedThroughMs, HORIZON_MS));
        assertThat(sum(views(rows), views(late))).isEqualTo(oracleViews(log, closedThroughMs, SPEED_HORIZON_MS));
        long closed = log.stream()
                .filter(record -> record.bucketMs() < closedThroughMs)
                .count();
        assertThat(days.values()).allMatch(Conservation::balances);
        assertThat(days.values().stream().mapToLong(Conservation::archived).sum())
                .isEqualTo(closed);
        assertThat(days.values().stream().mapToLong(Conservation::duplicates).sum())
                .isEqualTo(log.stream()
                        .filter(record -> record.bucketMs() < closedThroughMs && isDuplicate(log, record, HORIZON_MS))
                        .count());
    }

    @Property(tries = 200)
    void shouldEmitTheSameRowsOfADayWhereverTheRunStarts(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 120) int records) {
        List<ArchivedRecord> log = log(new Random(seed), records);
        long secondDayMs = START_MS + DAY_MS;
        Map<RowKey, RowValue> whole = new HashMap<>();
        recompute(log, List.of(), Long.MAX_VALUE, whole, new HashMap<>());

        Map<RowKey, RowValue> secondDay = new HashMap<>();
        recompute(
                log.stream().filter(record -> record.bucketMs() >= secondDayMs).toList(),
                log.stream().filter(record -> record.bucketMs() < secondDayMs).toList(),
                Long.MAX_VALUE,
                secondDay,
                new HashMap<>());

        whole.keySet().removeIf(key -> key.bucketMs() < secondDayMs);
        assertThat(secondDay).isEqualTo(whole);
    }

    private static Map<Integer, Conservation> recompute(
            List<ArchivedRecord> log,
            List<ArchivedRecord> lookBack,
            long closedThroughMs,
            Map<RowKey, RowValue> rows,
            Map<RowKey, RowValue> lateDuplicates) {
        PartitionRecompute recompute = new PartitionRecompute(
                new SourcePartition(EventType.VIEW.topic(), 3, PartitionRecompute.UNKNOWN, 0, new HistoryVerdicts()),
                closedThroughMs,
                new DuplicateHorizon(HORIZON_MS),
                new DuplicateHorizon(SPEED_HORIZON_MS),
                CountingSchedule.standard(),
                new RowSinks(
                        (key, value) -> assertThat(rows.put(key, value))
                                .as("row emitted before")
                                .isNull(),
                        lateDuplicates::put,
                        (key, value) -> {},
                        (key, value) -> {}));
        log.stream()
                .filter(record -> record.kind() == Kind.EVENT)
                .forEach(record -> recompute.announce(
                        record.identity().high(), record.identity().low()));
        lookBack.stream()
                .filter(record -> record.kind() == Kind.EVENT)
                .forEach(record -> recompute.remember(
                        record.identity().high(), record.identity().low(), record.bucketMs()));
        for (ArchivedRecord record : log) {
            if (!recompute.accept(record)) {
                break;
            }
        }
        return recompute.complete();
    }

    private static Map<String, BigDecimal> views(Map<RowKey, RowValue> rows) {
        Map<String, BigDecimal> views = new TreeMap<>();
        rows.forEach((key, value) -> {
            if (key.meter().equals("views")) {
                views.merge(key.account() + "@" + key.bucketMs(), value.value().stripTrailingZeros(), BigDecimal::add);
                assertThat(value.value()).isEqualByComparingTo(BigDecimal.valueOf(value.n()));
            }
        });
        return views;
    }

    private static Map<String, BigDecimal> sum(Map<String, BigDecimal> left, Map<String, BigDecimal> right) {
        Map<String, BigDecimal> sum = new TreeMap<>(left);
        right.forEach((key, value) -> sum.merge(key, value, BigDecimal::add));
        return sum;
    }

    private static Map<String, BigDecimal> oracleViews(List<ArchivedRecord> log, long closedThroughMs, long horizonMs) {
        Map<String, BigDecimal> views = new TreeMap<>();
        for (ArchivedRecord record : log) {
            boolean isEvent = record.kind() == Kind.EVENT && record.bucketMs() < closedThroughMs;
            if (isEvent && !isDuplicate(log, record, horizonMs) && !isAhead(record)) {
                views.merge(record.event().account() + "@" + record.bucketMs(), BigDecimal.ONE, BigDecimal::add);
            }
        }
        return views;
    }

    private static boolean isAhead(ArchivedRecord record) {
        return record.event().occurredAtMs() - record.appendTimeMs() > TimeUnit.MINUTES.toMillis(5);
    }

    private static boolean isDuplicate(List<ArchivedRecord> log, ArchivedRecord record, long horizonMs) {
        return record.kind() == Kind.EVENT
                && log.stream()
                        .anyMatch(earlier -> earlier.kind() == Kind.EVENT
                                && earlier.offset() < record.offset()
                                && earlier.event().id().equals(record.event().id())
                                && earlier.event()
                                        .account()
                                        .equals(record.event().account())
                                && earlier.bucketMs() >= record.bucketMs() - horizonMs);
    }

    private static List<ArchivedRecord> log(Random random, int records) {
        List<ArchivedRecord> log = new ArrayList<>();
        long bucketMs = START_MS;
        for (int offset = 0; offset < records; offset++) {
            bucketMs += random.nextInt(3) == 0 ? random.nextInt(4) * HOUR_MS : 0;
            log.add(record(random, 1_000 + offset, bucketMs));
        }
        return log;
    }

    private static ArchivedRecord record(Random random, long offset, long bucketMs) {
        int kind = random.nextInt(20);
        long appendTimeMs = bucketMs + random.nextInt((int) HOUR_MS);
        if (kind < 2) {
            return new ArchivedRecord(
                    kind == 0 ? Kind.TICK : Kind.UNDECODABLE, offset, appendTimeMs, bucketMs, null, null);
        }
        long occurredAtMs = appendTimeMs + (kind == 2 ? TimeUnit.MINUTES.toMillis(6) : -random.nextInt(100_000));
        Map<String, Object> data =
                Map.of("video_id", "video-" + random.nextInt(2), "user_id", "user", "view_duration", 60);
        Event event = new Event(
                EventType.VIEW,
                "video.view",
                "id-" + random.nextInt(15),
                "source",
                "account-" + random.nextInt(2),
                occurredAtMs,
                data::get);
        return new ArchivedRecord(Kind.EVENT, offset, appendTimeMs, bucketMs, Identity.of(event), event);
    }
}
