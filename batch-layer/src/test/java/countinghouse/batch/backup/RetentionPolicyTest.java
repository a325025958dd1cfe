package countinghouse.batch.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-26T02:00:00Z");

    @Test
    void shouldKeepTheNewestOfEachDayWeekMonthAndYear() {
        List<Instant> everyHalfDay = IntStream.range(0, 2 * 800)
                .mapToObj(i -> NOW.minus(Duration.ofHours(12L * i)))
                .toList();

        assertThat(RetentionPolicy.parse("3d,2w,2m,3y").kept(everyHalfDay))
                .extracting(Instant::toString)
                .containsExactlyInAnyOrder(
                        "2026-11-26T02:00:00Z",
                        "2026-11-25T14:00:00Z",
                        "2026-11-24T14:00:00Z",
                        "2026-11-22T14:00:00Z",
                        "2026-10-31T14:00:00Z",
                        "2025-12-31T14:00:00Z",
                        "2024-12-31T14:00:00Z");
    }

    @Test
    void shouldKeepTheNewestHoweverLittleIsWanted() {
        assertThat(RetentionPolicy.parse("0d").kept(List.of(NOW.minusSeconds(1), NOW)))
                .containsExactly(NOW);
        assertThat(RetentionPolicy.parse("7d").kept(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "7d 4w", "4w,7d", "-1d"})
    void shouldRefuseWhatItDoesNotUnderstand(String text) {
        assertThatThrownBy(() -> RetentionPolicy.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7d,4w,12m,5y");
    }
}
