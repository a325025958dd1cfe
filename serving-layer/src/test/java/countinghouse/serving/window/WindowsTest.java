package countinghouse.serving.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Duration CELL = Duration.ofMinutes(15);

    @Test
    void shouldMakeADay23HoursLongWhenClocksGoForward() {
        Windows days = new Windows(WindowSize.DAY, ZoneId.of("America/New_York"));
        long instant = Instant.parse("2026-03-08T20:00:00Z").toEpochMilli();

        assertThat(Instant.ofEpochMilli(days.startOf(instant))).isEqualTo("2026-03-08T05:00:00Z");
        assertThat(Instant.ofEpochMilli(days.endOf(instant))).isEqualTo("2026-03-09T04:00:00Z");
    }

    @Test
    void shouldMakeADay25HoursLongWhenClocksGoBack() {
        Windows days = new Windows(WindowSize.DAY, ZoneId.of("America/New_York"));
        long instant = Instant.parse("2026-11-01T20:00:00Z").toEpochMilli();

        assertThat(days.endOf(instant) - days.startOf(instant))
                .isEqualTo(Duration.ofHours(25).toMillis());
    }

    @Test
    void shouldKeepTheTwoHoursOfTheSameNameApart() {
        Windows hours = new Windows(WindowSize.HOUR, ZoneId.of("America/New_York"));
        long first = Instant.parse("2026-11-01T05:30:00Z").toEpochMilli();
        long second = Instant.parse("2026-11-01T06:30:00Z").toEpochMilli();

        assertThat(hours.startOf(second)).isEqualTo(hours.endOf(first));
    }

    @Test
    void shouldStartHoursOnTheLocalClockWhereOffsetsHaveQuarters() {
        Windows hours = new Windows(WindowSize.HOUR, ZoneId.of("Asia/Kathmandu"));

        assertThat(Instant.ofEpochMilli(
                        hours.startOf(Instant.parse("2026-10-05T12:20:00Z").toEpochMilli())))
                .isEqualTo("2026-10-05T12:15:00Z");
    }

    @Test
    void shouldCutAnHourWhereClocksChangeByHalfAnHour() {
        Windows hours = new Windows(WindowSize.HOUR, ZoneId.of("Australia/Lord_Howe"));
        long before = Instant.parse("2026-10-03T15:15:00Z").toEpochMilli();

        assertThat(hours.startOf(hours.endOf(before))).isEqualTo(hours.endOf(before));
    }

    @Test
    void shouldStartMonthsAtLocalMidnight() {
        Windows months = new Windows(WindowSize.MONTH, ZoneId.of("Europe/Berlin"));
        long instant = Instant.parse("2026-10-31T23:30:00Z").toEpochMilli();

        assertThat(Instant.ofEpochMilli(months.startOf(instant))).isEqualTo("2026-10-31T23:00:00Z");
        assertThat(Instant.ofEpochMilli(months.endOf(instant))).isEqualTo("2026-11-30T23:00:00Z");
    }

    @Property
    void shouldPutEveryCellIntoExactlyOneWindow(
            @ForAll("cells") long cell, @ForAll WindowSize size, @ForAll("zones") ZoneId zone) {
        Windows windows = new Windows(size, zone);
        long start = windows.startOf(cell);
        long end = windows.endOf(cell);

        assertThat(start).isLessThanOrEqualTo(cell);
        assertThat(end).isGreaterThanOrEqualTo(cell + CELL.toMillis());
        assertThat(windows.startOf(end)).isEqualTo(end);
        assertThat(windows.endOf(start)).isEqualTo(end);
        assertThat(windows.endOf(start - 1)).isEqualTo(start);
    }

    @Provide
    Arbitrary<Long> cells() {
        long first = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("2035-01-01T00:00:00Z").toEpochMilli();
        return Arbitraries.longs()
                .between(first / CELL.toMillis(), last / CELL.toMillis())
                .map(n -> n * CELL.toMillis());
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList())
                .map(ZoneId::of);
    }
}
