package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.event.Event;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.schemas.EventType;
import countinghouse.speed.topology.SimulatedTask.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.TopicPartition;

/** Whatever the log and wherever the crashes, the published rows are those of an oracle that knows nothing of {@code metering}. */
class ExactCountsPropertyTest {
    private static final long WIDTH_MS = 2000;
    private static final long HORIZON_MS = 6000;
    private static final long START_MS = 1_760_000_000_000L;
    private static final long CELL_MS = 900_000;
    private static final int PARTITION = 0;

    /** A line of the log before it has a position; {@code kind} is a view, a job, or nothing that can be decoded. */
    record Line(Kind kind, int account, int id, long clockStepMs, long ageMs, int seconds) {}

    enum Kind {
        VIEW,
        JOB,
        NO_EVENT
    }

    enum Step {
        PROCESS,
        FLUSH,
        COMMIT,
        CRASH,
        CRASH_AND_REPLAY
    }

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void shouldPublishExactlyTheRowsOfTheOracle(
            @ForAll("logs") List<Line> lines, @ForAll("schedules") List<Step> schedule) {
        List<LogRecord> log = positioned(lines);
        SimulatedTask crashing = new SimulatedTask(Duration.ofMillis(WIDTH_MS), Duration.ofMillis(HORIZON_MS), log);
        schedule.forEach(step -> run(crashing, step));
        finish(crashing);
        SimulatedTask undisturbed = new SimulatedTask(Duration.ofMillis(WIDTH_MS), Duration.ofMillis(HORIZON_MS), log);
        finish(undisturbed);

        assertThat(text(crashing.publishedRows())).isEqualTo(oracle(log));
        assertThat(crashing.publishedRows()).isEqualTo(undisturbed.publishedRows());
    }

    private static void run(SimulatedTask task, Step step) {
        switch (step) {
            case PROCESS -> {
                if (!task.isDone()) {
                    task.processOne();
                }
            }
            case FLUSH -> task.flush();
            case COMMIT -> task.commit();
            case CRASH -> task.crash();
            case CRASH_AND_REPLAY -> task.crashAndReplay();
        }
    }

    private static void finish(SimulatedTask task) {
        while (!task.isDone()) {
            task.processOne();
        }
        task.commit();
    }

    private static List<LogRecord> positioned(List<Line> lines) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        List<LogRecord> log = new ArrayList<>();
        long nowMs = START_MS;
        for (Line line : lines) {
            nowMs += line.clockStepMs();
            EventType type = line.kind() == Kind.JOB ? EventType.JOB : EventType.VIEW;
            TopicPartition source = new TopicPartition(type.topic(), PARTITION);
            long offset = offsets.merge(source, 1L, Long::sum) - 1;
            Event event = line.kind() == Kind.NO_EVENT ? null : event(type, line, nowMs - line.ageMs());
            log.add(new LogRecord(source, offset, nowMs, event));
        }
        return log;
    }

    private static Event event(EventType type, Line line, long occurredAtMs) {
        Map<String, Object> data = type == EventType.JOB
                ? Map.of("state", "succeeded", "workflow_id", "w", "duration_ms", (long) line.seconds())
                : Map.of("video_id", "v", "view_duration", line.seconds());
        String name = type == EventType.JOB ? "job.succeeded" : "video.view";
        return new Event(type, name, "id-" + line.id(), "s", "a" + line.account(), occurredAtMs, data::get);
    }

    /** Rows as {@code meter|account|cell|bucket|source} to {@code n|value}, of the meters the oracle knows. */
    private static Map<String, String> oracle(List<LogRecord> log) {
        Map<String, long[]> rows = new HashMap<>();
        List<Long> buckets = new ArrayList<>();
        Map<String, Long> newest = new HashMap<>();
        for (int i = 0; i < log.size(); i++) {
            LogRecord record = log.get(i);
            String source = record.source().toString();
            long maximum = Math.max(newest.getOrDefault(source, Long.MIN_VALUE), record.appendTimeMs());
            newest.put(source, maximum);
            long bucket = maximum / WIDTH_MS * WIDTH_MS;
            buckets.add(bucket);
            Event event = record.event();
            if (event == null || hasEarlier(log, buckets, i) || !isTimely(record)) {
                continue;
            }
            long cell = event.occurredAtMs() / CELL_MS * CELL_MS;
            String row = "|" + event.account() + "|" + cell + "|" + bucket + "|" + source;
            if (event.type() == EventType.JOB) {
                add(rows, "jobs_completed" + row, 1);
                add(rows, "job_seconds" + row, ((Long) event.properties().get("duration_ms")).longValue());
            } else {
                int seconds = (Integer) event.properties().get("view_duration");
                add(rows, "views" + row, 1);
                add(rows, "watch_seconds" + row, seconds);
                add(rows, (seconds < 30 ? "excluded_views" : "billable_views") + row, 1);
            }
        }
        Map<String, String> text = new HashMap<>();
        rows.forEach((row, sum) -> text.put(row, sum[0] + "|" + sum[1]));
        return text;
    }

    private static boolean hasEarlier(List<LogRecord> log, List<Long> buckets, int index) {
        LogRecord record = log.get(index);
        for (int i = 0; i < index; i++) {
            Event earlier = log.get(i).event();
            if (earlier != null
                    && earlier.type() == record.event().type()
                    && earlier.account().equals(record.event().account())
                    && earlier.id().equals(record.event().id())
                    && buckets.get(i) >= buckets.get(index) - HORIZON_MS) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTimely(LogRecord record) {
        long ageMs = record.appendTimeMs() - record.event().occurredAtMs();
        return ageMs >= -300_000 && ageMs <= 35L * 86_400_000;
    }

    private static void add(Map<String, long[]> rows, String row, long value) {
        long[] sum = rows.computeIfAbsent(row, ignored -> new long[2]);
        sum[0]++;
        sum[1] += value;
    }

    private static Map<String, String> text(Map<RowKey, RowValue> rows) {
        Map<String, String> text = new HashMap<>();
        rows.forEach((key, value) -> {
            // The oracle keeps job seconds in ms, as they come.
            long scaled = key.meter().equals("job_seconds")
                    ? value.value().movePointRight(3).longValueExact()
                    : value.value().longValueExact();
            String row = String.join(
                    "|",
                    key.meter(),
                    key.account(),
                    Objects.toString(key.cellMs()),
                    Objects.toString(key.bucketMs()),
                    key.partition());
            assertThat(text.put(row, value.n() + "|" + scaled)).isNull();
        });
        return text;
    }

    @Provide
    Arbitrary<List<Line>> logs() {
        Arbitrary<Kind> kinds =
                Arbitraries.frequency(Tuple.of(6, Kind.VIEW), Tuple.of(3, Kind.JOB), Tuple.of(1, Kind.NO_EVENT));
        // Mostly forward, sometimes back, sometimes beyond the horizon.
        Arbitrary<Long> clockSteps = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 900),
                Arbitraries.longs().between(-3000, 0),
                Arbitraries.longs().between(1000, 9000));
        Arbitrary<Long> ages = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 2_000_000), Arbitraries.of(-400_000L, 36L * 86_400_000));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(0, 5),
                        clockSteps,
                        ages,
                        Arbitraries.integers().between(1, 100))
                .as(Line::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Step>> schedules() {
        return Arbitraries.frequency(
                        Tuple.of(12, Step.PROCESS),
                        Tuple.of(1, Step.FLUSH),
                        Tuple.of(2, Step.COMMIT),
                        Tuple.of(1, Step.CRASH),
                        Tuple.of(1, Step.CRASH_AND_REPLAY))
                .list()
                .ofMaxSize(100);
    }
}
