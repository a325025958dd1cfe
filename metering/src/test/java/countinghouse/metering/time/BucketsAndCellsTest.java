package countinghouse.metering.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BucketsAndCellsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void shouldKeepARecordInTheRunningMaximumsBucketWhenTheClockStepsBack() {
        BucketClock clock = new BucketClock(HOUR, BucketClock.START);
        assertThat(clock.advance(HOUR.toMillis())).isEqualTo(HOUR.toMillis());
        assertThat(clock.advance(HOUR.toMillis() - 1)).isEqualTo(HOUR.toMillis());
        assertThat(clock.runningMaximumMs()).isEqualTo(HOUR.toMillis());
    }

    @Test
    void shouldGoOnFromAStoredRunningMaximum() {
        BucketClock clock = new BucketClock(HOUR, 3 * HOUR.toMillis() + 1);
        assertThat(clock.advance(0)).isEqualTo(3 * HOUR.toMillis());
    }

    @Property(tries = 200)
    void shouldStartEveryLocalMidnightOnACell(@ForAll @LongRange(min = 0, max = 30_000) long day) {
        for (String zone :
                new String[] {"Asia/Kathmandu", "Australia/Eucla", "America/St_Johns", "Europe/Berlin", "UTC"}) {
            Instant midnight = Instant.EPOCH
                    .plus(Duration.ofDays(day))
                    .atZone(ZoneId.of(zone))
                    .toLocalDate()
                    .atStartOfDay(ZoneId.of(zone))
                    .toInstant();
            // Zones that had odd offsets before 1972 are not in the sample; billing begins after that.
            if (day > 6_000) {
                assertThat(Cell.isAligned(midnight.toEpochMilli()))
                        .as(zone + " " + midnight)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldTruncateEventTimeToFifteenMinutesEvenBeforeTheEpoch() {
        assertThat(Cell.startOf(900_001)).isEqualTo(900_000);
        assertThat(Cell.startOf(-1)).isEqualTo(-900_000);
    }
}
