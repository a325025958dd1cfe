package countinghouse.speed.lag;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.speed.lag.EventLag.Lag;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventLagTest {
    private static final TopicPartition VIEWS = new TopicPartition("events.view", 0);
    private static final TopicPartition ADS = new TopicPartition("events.ad", 0);

    private final EventLag lag = new EventLag();

    @Test
    void shouldGrowOldWhileNothingIsCounted() {
        assertThat(look(100, 100, 1_000)).isEqualTo(new Lag(0, 0));
        assertThat(look(150, 100, 6_000)).isEqualTo(new Lag(50, 0));
        assertThat(look(200, 100, 11_000)).isEqualTo(new Lag(100, 5_000));
        assertThat(look(200, 149, 66_000)).isEqualTo(new Lag(51, 60_000));
        assertThat(look(200, 200, 71_000)).isEqualTo(new Lag(0, 0));
    }

    @Test
    void shouldStayYoungUnderTrafficThatIsCountedAsItComes() {
        for (int second = 0; second < 100; second += 5) {
            assertThat(look(1_000L * second + 700, 1_000L * second, second * 1_000L)
                            .sinceMs())
                    .isZero();
        }
    }

    @Test
    void shouldTellOfTheWorstPartition() {
        lag.look(Map.of(VIEWS, 10L, ADS, 10L), Map.of(VIEWS, 10L), 0);
        lag.look(Map.of(VIEWS, 12L, ADS, 10L), Map.of(VIEWS, 12L), 8_000);
        assertThat(lag.current()).isEqualTo(new Lag(10, 8_000));
    }

    private Lag look(long end, long counted, long nowMs) {
        lag.look(Map.of(VIEWS, end), Map.of(VIEWS, counted), nowMs);
        return lag.current();
    }
}
