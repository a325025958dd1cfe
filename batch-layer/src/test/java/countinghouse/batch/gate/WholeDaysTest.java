package countinghouse.batch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeDaysTest {
    private static final LocalDate DAY = LocalDate.of(2030, 1, 1);

    @Test
    void shouldGiveOnlyDaysThatAreOverAndLeaveNoneOut() {
        WholeDays days = new WholeDays(Instant.parse("2030-01-04T13:00:00Z").toEpochMilli());
        days.expect("views");
        days.expect("jobs");
        days.add(DAY, "views", 5);
        days.add(DAY, "views", 6);
        days.add(DAY.plusDays(2), "jobs", 1);
        days.add(DAY.plusDays(3), "views", 9);

        assertThat(days.figures())
                .containsExactly(
                        new DayFigures(DAY, Map.of("views", 11L, "jobs", 0L)),
                        new DayFigures(DAY.plusDays(1), Map.of("views", 0L, "jobs", 0L)),
                        new DayFigures(DAY.plusDays(2), Map.of("views", 0L, "jobs", 1L)));
    }
}
