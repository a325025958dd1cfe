package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import countinghouse.speed.topology.SimulatedTask.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventCounterTest {
    private static final TopicPartition VIEWS = new TopicPartition(EventType.VIEW.topic(), 0);
    private static final long START_MS = 1_760_000_000_000L;

    private final List<LogRecord> log = new ArrayList<>();

    @Test
    void shouldWriteManyIdentitiesInChunksBelowTheRequestLimit() {
        int identities = 60_000;
        for (int i = 0; i < identities; i++) {
            view("id-" + i, START_MS);
        }
        SimulatedTask task = task();
        processAll(task);

        assertThat(task.identityChunksKept()).isEqualTo(3);
        task.crash();
        assertThat(task.identitiesHeld()).isEqualTo(identities);
    }

    @Test
    void shouldForgetIdentitiesBeyondTheHorizonInMemoryAndInTheChangelog() {
        view("old", START_MS);
        view("new", START_MS + 20_000);
        SimulatedTask task = task();
        task.processOne();
        task.commit();
        assertThat(task.identityChunksKept()).isEqualTo(1);
        processAll(task);

        assertThat(task.identitiesHeld()).isEqualTo(1);
        assertThat(task.identityChunksKept()).isEqualTo(1);
        task.crash();
        assertThat(task.identitiesHeld()).isEqualTo(1);
    }

    private void view(String id, long appendTimeMs) {
        Map<String, Object> data = Map.of("video_id", "v", "view_duration", 60);
        Event event = new Event(EventType.VIEW, "video.view", id, "s", "a", appendTimeMs, data::get);
        log.add(new LogRecord(VIEWS, log.size(), appendTimeMs, event));
    }

    private SimulatedTask task() {
        return new SimulatedTask(Duration.ofSeconds(2), Duration.ofSeconds(6), log);
    }

    private static void processAll(SimulatedTask task) {
        while (!task.isDone()) {
            task.processOne();
        }
        task.commit();
    }
}
