package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.live.LiveKey;
import countinghouse.speed.topology.SimulatedTask.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Live views are those of every event once, whatever crashes. */
class LiveViewsTest {
    private static final long WIDTH_MS = 2000;
    private static final long START_MS = 1_760_000_000_000L;

    private final List<LogRecord> log = new ArrayList<>();
    private final Map<TopicPartition, Long> offsets = new HashMap<>();

    @Test
    void shouldHoldTheJobsThatHaveNotEnded() {
        job("a", "submitted", 0);
        job("b", "submitted", 0);
        job("a", "started", 0);
        job("b", "dead_lettered", 1);
        SimulatedTask task = task();
        while (!task.isDone()) {
            task.processOne();
            task.commit();
            task.crash();
        }

        assertThat(task.publishedLive()).isEqualTo(Map.of(job("a"), "2|" + START_MS + "|started"));
        task.crashAndReplay();
        assertThat(done(task).publishedLive()).isEqualTo(Map.of(job("a"), "2|" + START_MS + "|started"));
    }

    @Test
    void shouldForgetJobsAndWaitsBelowTheFloor() {
        job("a", "submitted", 0);
        job("b", "submitted", 5);
        ticket(0, 12);
        ticket(5, 30);
        floor(EventType.JOB, 6, 5);
        floor(EventType.TICKET, 6, 5);

        assertThat(done(task()).publishedLive())
                .isEqualTo(Map.of(job("b"), "1|" + bucketMs(5) + "|submitted", waits(5), "1|30:1"));
    }

    @Test
    void shouldCountEveryWaitOnceByBucketAndService() {
        ticket(0, 12);
        ticket(0, 12);
        ticket(0, 90);
        log.add(new LogRecord(
                source(EventType.TICKET),
                nextOffset(EventType.TICKET),
                START_MS,
                log.get(0).event()));
        ticket(1, 5);

        SimulatedTask task = done(task());
        task.crash();
        ticket(1, 5);

        assertThat(done(task).publishedLive()).isEqualTo(Map.of(waits(0), "3|12:2,90:1", waits(1), "2|5:2"));
    }

    private void job(String id, String state, int bucket) {
        add(EventType.JOB, "job." + state, bucket, Map.of("state", state, "workflow_id", "w", "job_id", id));
    }

    private void ticket(int bucket, int seconds) {
        add(
                EventType.TICKET,
                "ticket.called",
                bucket,
                Map.of("state", "called", "ticket_id", "t", "offering_id", "desk", "wait_seconds", seconds));
    }

    private void add(EventType type, String name, int bucket, Map<String, Object> data) {
        Event event = new Event(type, name, "id-" + log.size(), "s", "a", bucketMs(bucket), data::get);
        log.add(new LogRecord(source(type), nextOffset(type), bucketMs(bucket), event));
    }

    private void floor(EventType type, int bucket, int floorBucket) {
        log.add(new LogRecord(source(type), nextOffset(type), bucketMs(bucket), null, bucketMs(floorBucket)));
    }

    private long nextOffset(EventType type) {
        return offsets.merge(source(type), 1L, Long::sum) - 1;
    }

    private static TopicPartition source(EventType type) {
        return new TopicPartition(type.topic(), 0);
    }

    private static long bucketMs(int bucket) {
        return START_MS + bucket * WIDTH_MS;
    }

    private static LiveKey job(String id) {
        return new LiveKey("a", RedisKeys.LIVE_JOBS, id);
    }

    private static LiveKey waits(int bucket) {
        return new LiveKey("a", RedisKeys.LIVE_WAITS, bucketMs(bucket) + "|desk");
    }

    private SimulatedTask task() {
        return new SimulatedTask(Duration.ofMillis(WIDTH_MS), Duration.ofMinutes(1), log);
    }

    private static SimulatedTask done(SimulatedTask task) {
        while (!task.isDone()) {
            task.processOne();
        }
        task.commit();
        return task;
    }
}
