package countinghouse.batch.recompute;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.recompute.PartitionRecompute.SourcePartition;
import countinghouse.metering.event.Event;
import countinghouse.metering.history.HistoryJudge;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.history.HistoryView;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * One log, recomputed by any runs: each counts the days since the one before, as days and tasks are cut, and then some days again. The
 * oracle looks at every pair of records and shares nothing with the counting.
 */
class AnyRunsPropertyTest {
    private static final int PARTITIONS = 2;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long HORIZON_MS = 40 * HOUR_MS;
    private static final long LOOK_BACK_MS = 30 * HOUR_MS;
    private static final long REPEAT_MS = 3 * HOUR_MS;
    private static final long START_MS = 20_000 * DAY_MS;
    private static final int DAYS = 5;
    private static final CountingSchedule SCHEDULE = CountingSchedule.of(Map.of("rules/view-rules-v1.yaml", """
            version: 1
            rules: [{id: too-short, seconds: 30}]
            history: {lookBack: PT30H, rules: [{id: repeat, per: viewer-item, within: PT3H, atMost: 1}]}
            """));

    private record Logged(int partition, ArchivedRecord record, String viewer, int seconds) {
        long bucketMs() {
            return record.bucketMs();
        }

        boolean isBefore(Logged other) {
            if (bucketMs() != other.bucketMs()) {
                return bucketMs() < other.bucketMs();
            }
            if (record.appendTimeMs() != other.record.appendTimeMs()) {
                return record.appendTimeMs() < other.record.appendTimeMs();
            }
            return partition != other.partition ? partition < other.partition : record.offset() < other.record.offset();
        }
    }

    @Property(tries = 150)
    void shouldCountWhatTheOracleCountsHoweverTheRunsAreCut(
            @ForAll long seed, @ForAll @IntRange(max = 90) int size, @ForAll @IntRange(max = 5) int cuts) {
        Random random = new Random(seed);
        List<Logged> log = log(random, size);
        TreeSet<Long> closings = new TreeSet<>();
        for (int cut = 0; cut <= cuts; cut++) {
            closings.add(START_MS + (1 + random.nextInt(DAYS * 24)) * HOUR_MS);
        }
        long closedThroughMs = closings.last();

        Map<Integer, Map<RowKey, RowValue>> rowsByDay = new TreeMap<>();
        long closedBeforeMs = START_MS;
        for (long closing : closings) {
            run(log, DayRange.touching(closedBeforeMs, closing), closing, rowsByDay);
            closedBeforeMs = closing;
        }
        int again = (int) (START_MS / DAY_MS) + random.nextInt(DAYS);
        run(log, new DayRange(again, again + 1 + random.nextInt(2)), closedThroughMs, rowsByDay);
        Map<Integer, Map<RowKey, RowValue>> full = new TreeMap<>();
        run(log, new DayRange(0, Integer.MAX_VALUE / 2), closedThroughMs, full);

        assertThat(counts(rowsByDay)).isEqualTo(oracle(log, closedThroughMs));
        rowsByDay.values().removeIf(Map::isEmpty);
        full.values().removeIf(Map::isEmpty);
        assertThat(rowsByDay).isEqualTo(full);
    }

    /** What RecomputeJob does with its files: history first, then a task for each day and partition. */
    private static void run(
            List<Logged> log, DayRange days, long closedThroughMs, Map<Integer, Map<RowKey, RowValue>> rowsByDay) {
        Map<Integer, HistoryVerdicts> history = history(log, days, closedThroughMs);
        rowsByDay.keySet().removeIf(day -> day >= days.fromDay() && day < days.toDay());
        TreeSet<Integer> present = new TreeSet<>();
        log.forEach(one -> present.add(dayOf(one)));
        for (int day : present.subSet(days.fromDay(), days.toDay())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                task(log, day, partition, closedThroughMs, history.get(partition), rowsByDay);
            }
        }
    }

    private static void task(
            List<Logged> log,
            int day,
            int partition,
            long closedThroughMs,
            HistoryVerdicts history,
            Map<Integer, Map<RowKey, RowValue>> rowsByDay) {
        List<ArchivedRecord> records = new ArrayList<>();
        List<ArchivedRecord> before = new ArrayList<>();
        int oldest = new DayRange(day, day + 1).lookBackFrom(HORIZON_MS);
        for (Logged one : log) {
            if (one.partition == partition && dayOf(one) == day) {
                records.add(one.record);
            } else if (one.partition == partition && dayOf(one) < day && dayOf(one) >= oldest) {
                before.add(one.record);
            }
        }
        Map<RowKey, RowValue> rows = rowsByDay.computeIfAbsent(day, ignored -> new HashMap<>());
        PartitionRecompute recompute = new PartitionRecompute(
                new SourcePartition(
                        EventType.VIEW.topic(),
                        partition,
                        records.isEmpty()
                                ? PartitionRecompute.UNKNOWN
                                : records.get(0).offset(),
                        records.size(),
                        history),
                closedThroughMs,
                new DuplicateHorizon(HORIZON_MS),
                new DuplicateHorizon(HOUR_MS),
                SCHEDULE,
                new RowSinks(rows::put, (key, value) -> {}, (key, value) -> {}, (key, value) -> {}));
        records.forEach(record ->
                recompute.announce(record.identity().high(), record.identity().low()));
        before.forEach(record ->
                recompute.remember(record.identity().high(), record.identity().low(), record.bucketMs()));
        for (ArchivedRecord record : records) {
            if (!recompute.accept(record)) {
                break;
            }
        }
        recompute.complete();
    }

    private static Map<Integer, HistoryVerdicts> history(List<Logged> log, DayRange days, long closedThroughMs) {
        List<HistoryView> views = new ArrayList<>();
        int oldest = days.lookBackFrom(LOOK_BACK_MS);
        for (Logged one : log) {
            if (dayOf(one) >= oldest && dayOf(one) < days.toDay() && one.bucketMs() < closedThroughMs) {
                ArchivedRecord record = one.record;
                SCHEDULE.historyViews(
                        record.event(),
                        record.bucketMs(),
                        record.appendTimeMs(),
                        one.partition,
                        record.offset(),
                        record.identity(),
                        views::add);
            }
        }
        views.sort(HistoryView.ORDER);
        HistoryJudge judge = new HistoryJudge(SCHEDULE::historyAt);
        Map<Integer, HistoryVerdicts> verdicts = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            verdicts.put(partition, new HistoryVerdicts());
        }
        for (HistoryView view : views) {
            int rule = judge.judge(view);
            if (rule != HistoryJudge.NONE) {
                verdicts.get(view.partition()).exclude(view.offset(), rule);
            }
        }
        return verdicts;
    }

    private static Map<String, Long> counts(Map<Integer, Map<RowKey, RowValue>> rowsByDay) {
        Map<String, Long> counts = new TreeMap<>();
        rowsByDay
                .values()
                .forEach(rows -> rows.forEach((key, value) -> {
                    if (key.meter().endsWith("views")) {
                        counts.merge(key.meter() + "@" + key.bucketMs() + key.partition(), value.n(), Long::sum);
                    }
                }));
        return counts;
    }

    private static Map<String, Long> oracle(List<Logged> log, long closedThroughMs) {
        Map<String, Long> counts = new TreeMap<>();
        for (Logged one : log) {
            if (one.bucketMs() < closedThroughMs && !isDuplicate(log, one)) {
                String where = "@" + one.bucketMs() + EventType.VIEW.topic() + "-" + one.partition;
                boolean isBillable = one.seconds >= 30 && !isRepetition(log, one);
                counts.merge("views" + where, 1L, Long::sum);
                counts.merge((isBillable ? "billable_views" : "excluded_views") + where, 1L, Long::sum);
            }
        }
        return counts;
    }

    private static boolean isDuplicate(List<Logged> log, Logged one) {
        return log.stream()
                .anyMatch(other -> other.partition == one.partition
                        && other.record.offset() < one.record.offset()
                        && other.record.event().id().equals(one.record.event().id())
                        && other.bucketMs() >= one.bucketMs() - HORIZON_MS);
    }

    private static boolean isRepetition(List<Logged> log, Logged one) {
        return log.stream()
                .anyMatch(other -> other.isBefore(one)
                        && other.seconds >= 30
                        && other.partition == one.partition
                        && other.viewer.equals(one.viewer)
                        && !other.record.event().id().equals(one.record.event().id())
                        && other.bucketMs() >= one.bucketMs() - LOOK_BACK_MS
                        && Math.abs(other.record.event().occurredAtMs()
                                        - one.record.event().occurredAtMs())
                                < REPEAT_MS);
    }

    private static int dayOf(Logged one) {
        return (int) (one.bucketMs() / DAY_MS);
    }

    private static List<Logged> log(Random random, int size) {
        List<Logged> log = new ArrayList<>();
        long[] nextOffset = new long[PARTITIONS];
        long now = START_MS;
        for (int index = 0; index < size; index++) {
            now = Math.min(START_MS + DAYS * DAY_MS - 1, now + random.nextInt((int) (4 * HOUR_MS)));
            int partition = random.nextInt(PARTITIONS);
            String viewer = "viewer-" + random.nextInt(3);
            int seconds = random.nextInt(4) == 0 ? 5 : 60;
            long occurredAtMs = now - random.nextInt((int) (6 * HOUR_MS));
            Map<String, Object> data =
                    Map.of("video_id", "video", "user_id", viewer, "view_duration", seconds, "video_length", 600);
            // An account lives in one partition.
            Event event = new Event(
                    EventType.VIEW,
                    "video.view",
                    "id-" + random.nextInt(40),
                    "source",
                    "account-" + partition,
                    occurredAtMs,
                    data::get);
            ArchivedRecord record = new ArchivedRecord(
                    Kind.EVENT, nextOffset[partition]++, now, now - now % HOUR_MS, Identity.of(event), event);
            log.add(new Logged(partition, record, viewer, seconds));
        }
        return log;
    }
}
