package countinghouse.speed.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final TopicPartition FIRST = new TopicPartition("counts", 0);
    private static final TopicPartition SECOND = new TopicPartition("counts", 1);

    private final CatchUp catchUp = new CatchUp(offsets(100, 0), offsets(200, 100));

    @Test
    void shouldTellTheShareOfTheStretchThatIsRead() {
        assertThat(catchUp.percent(offsets(100, 0))).isZero();
        assertThat(catchUp.percent(offsets(200, 50))).isEqualTo(75);
        assertThat(catchUp.percent(offsets(500, 99))).isEqualTo(99);
        assertThat(catchUp.percent(offsets(200, 100))).isEqualTo(100);
    }

    @Test
    void shouldBeDoneOnlyWhenEveryPartitionIs() {
        assertThat(catchUp.isDone(offsets(300, 99))).isFalse();
        assertThat(catchUp.isDone(offsets(200, 100))).isTrue();
    }

    @Test
    void shouldBeDoneAtOnceOnAnEmptyTopic() {
        CatchUp empty = new CatchUp(offsets(0, 0), offsets(0, 0));

        assertThat(empty.isDone(offsets(0, 0))).isTrue();
        assertThat(empty.percent(offsets(0, 0))).isEqualTo(100);
    }

    @Test
    void shouldContainOnlyOffsetsThatTheTopicStillOrAlreadyHas() {
        assertThat(catchUp.contains(offsets(100, 100))).isTrue();
        assertThat(catchUp.contains(offsets(99, 100))).isFalse();
        assertThat(catchUp.contains(offsets(100, 101))).isFalse();
        assertThat(catchUp.contains(Map.of(FIRST, 100L))).isFalse();
    }

    private static Map<TopicPartition, Long> offsets(long first, long second) {
        return Map.of(FIRST, first, SECOND, second);
    }
}
