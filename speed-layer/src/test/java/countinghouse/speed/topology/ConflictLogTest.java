package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConflictLogTest {
    private static final TopicPartition VIEWS = new TopicPartition(EventType.VIEW.topic(), 0);

    private long nowMs = 1_760_000_000_000L;
    private final ConflictLog log = new ConflictLog(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMs);
        }
    });

    @Test
    void shouldLogOnlyTheFirstConflictsOfAMinuteInFull() {
        for (int i = 0; i < ConflictLog.MAX_PER_INTERVAL; i++) {
            assertThat(report()).isTrue();
        }
        assertThat(report()).isFalse();

        nowMs += 60_000;

        assertThat(report()).isTrue();
    }

    private boolean report() {
        Map<String, Object> data = Map.of();
        return log.report(VIEWS, 1, new Event(EventType.VIEW, "video.view", "id", "s", "a", nowMs, data::get));
    }
}
