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
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Rows go only when a tick in their own partition says that no generation needs them, and then they go everywhere. */
class RetentionTest {
    private static final long WIDTH_MS = 2000;
    private static final long START_MS = 1_760_000_000_000L;
    private static final int BUCKETS = 168;
    private static final int BUCKETS_PER_DAY = 24;
    private static final TopicPartition VIEWS = new TopicPartition(EventType.VIEW.topic(), 0);
    private static final TopicPartition JOBS = new TopicPartition(EventType.JOB.topic(), 0);

    private final List<LogRecord> log = new ArrayList<>();
    private final Map<TopicPartition, Long> offsets = new HashMap<>();

    @Test
    void shouldHoldEveryRowWhileNoTickCarriesAFloor() {
        view(0);
        tick(VIEWS, 1, null);
        view(100);

        assertThat(bucketsOf(done())).containsExactlyInAnyOrder(bucketMs(0), bucketMs(100));
    }

    @Test
    void shouldDropWhatLiesBelowTheFloorEvenThroughACrashAndAReplay() {
        view(0);
        view(1);
        view(2);
        tick(VIEWS, 3, bucketMs(1));
        SimulatedTask task = done();

        assertThat(bucketsOf(task)).containsExactlyInAnyOrder(bucketMs(1), bucketMs(2));
        assertThat(task.rowsHeld()).isEqualTo(task.publishedRows().size());
        task.crashAndReplay();
        finish(task);
        assertThat(bucketsOf(task)).containsExactlyInAnyOrder(bucketMs(1), bucketMs(2));
    }

    @Test
    void shouldLeaveTheRowsOfAPartitionAloneThatHasNotReachedItsOwnTick() {
        job(0);
        view(0);
        tick(VIEWS, 3, bucketMs(2));
        job(1);
        SimulatedTask task = done();

        assertThat(task.publishedRows().keySet())
                .extracting(RowKey::partition)
                .contains("events.job-0")
                .doesNotContain("events.view-0");
        assertThat(bucketsOf(task)).containsExactlyInAnyOrder(bucketMs(0), bucketMs(1));
    }

    @Test
    void shouldNeverDropTheBucketThatIsStillCountedInto() {
        view(0);
        tick(VIEWS, 0, bucketMs(50));
        view(0);

        assertThat(viewsCounted(done())).isEqualTo(2);
    }

    @Test
    void shouldIgnoreAFloorThatGoesBack() {
        view(0);
        tick(VIEWS, 5, bucketMs(4));
        tick(VIEWS, 6, bucketMs(1));
        view(7);
        SimulatedTask task = done();

        assertThat(bucketsOf(task)).containsExactly(bucketMs(7));
    }

    @Test
    void shouldStayFlatOverAWeekAndLoseNothingInThreeDaysWithoutAPublish() {
        SimulatedTask task = task();
        Map<Integer, Long> heldAtEndOfDay = new HashMap<>();
        long floorMs = Long.MIN_VALUE;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (int n = 0; n < 5; n++) {
                view(bucket);
                job(bucket);
            }
            int day = bucket / BUCKETS_PER_DAY;
            boolean publishes = day < 2 || day >= 5;
            if (publishes && bucket % BUCKETS_PER_DAY == 0) {
                floorMs = bucketMs(Math.max(0, bucket - BUCKETS_PER_DAY));
                tick(VIEWS, bucket, floorMs);
                tick(JOBS, bucket, floorMs);
            }
            finish(task);
            if (bucket % 7 == 0) {
                task.crash();
            }
            assertHoldsEverythingFrom(floorMs, bucket, task);
            heldAtEndOfDay.put(day, (long) task.countEntriesKept());
        }

        // Two days are held while publishing goes on: the open one, and the one that a rollback would open again.
        assertThat(heldAtEndOfDay.get(6)).isLessThanOrEqualTo(heldAtEndOfDay.get(1));
        assertThat(heldAtEndOfDay.get(4)).isGreaterThan(heldAtEndOfDay.get(1) * 2);
        assertThat(task.rowsHeld()).isEqualTo(task.publishedRows().size());
        assertThat(task.identityChunksKept()).isLessThanOrEqualTo(2 * 5);
    }

    private static void assertHoldsEverythingFrom(long floorMs, int lastBucket, SimulatedTask task) {
        Map<Long, Long> viewsByBucket = task.publishedRows().entrySet().stream()
                .filter(row -> row.getKey().meter().equals("views"))
                .collect(Collectors.toMap(
                        row -> row.getKey().bucketMs(), row -> row.getValue().n()));
        for (int bucket = 0; bucket <= lastBucket; bucket++) {
            assertThat(viewsByBucket.get(bucketMs(bucket)))
                    .isEqualTo(bucketMs(bucket) < floorMs ? null : Long.valueOf(5));
        }
    }

    private static long viewsCounted(SimulatedTask task) {
        return task.publishedRows().entrySet().stream()
                .filter(row -> row.getKey().meter().equals("views"))
                .map(Map.Entry::getValue)
                .mapToLong(RowValue::n)
                .sum();
    }

    private static java.util.Set<Long> bucketsOf(SimulatedTask task) {
        return task.publishedRows().keySet().stream().map(RowKey::bucketMs).collect(Collectors.toSet());
    }

    private static long bucketMs(int bucket) {
        return START_MS + bucket * WIDTH_MS;
    }

    private void view(int bucket) {
        Map<String, Object> data = Map.of("video_id", "v", "view_duration", 60);
        event(VIEWS, EventType.VIEW, "video.view", bucket, data);
    }

    private void job(int bucket) {
        Map<String, Object> data = Map.of("state", "succeeded", "workflow_id", "w", "duration_ms", 1L);
        event(JOBS, EventType.JOB, "job.succeeded", bucket, data);
    }

    private void event(TopicPartition source, EventType type, String name, int bucket, Map<String, Object> data) {
        Event event = new Event(type, name, "id-" + log.size(), "s", "a", bucketMs(bucket), data::get);
        log.add(new LogRecord(source, nextOffset(source), bucketMs(bucket), event));
    }

    private void tick(TopicPartition source, int bucket, Long floorMs) {
        log.add(new LogRecord(source, nextOffset(source), bucketMs(bucket), null, floorMs));
    }

    private long nextOffset(TopicPartition source) {
        return offsets.merge(source, 1L, Long::sum) - 1;
    }

    private SimulatedTask task() {
        return new SimulatedTask(Duration.ofMillis(WIDTH_MS), Duration.ofMillis(3 * WIDTH_MS), log);
    }

    private SimulatedTask done() {
        SimulatedTask task = task();
        finish(task);
        return task;
    }

    private static void finish(SimulatedTask task) {
        while (!task.isDone()) {
            task.processOne();
        }
        task.commit();
    }
}
