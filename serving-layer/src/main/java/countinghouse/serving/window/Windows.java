package countinghouse.serving.window;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The windows of one size on the clocks of a time zone. They are half-open and leave no gap: a day in which clocks change has 23 or 25
 * hours, and an hour that a change cuts ends there.
 */
public record Windows(WindowSize size, ZoneId zone) {
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    /** Start in ms of the window that an instant lies in. */
    public long startOf(long instantMs) {
        return switch (size) {
            case HOUR -> hourStart(instantMs);
            case DAY -> midnight(dateOf(instantMs));
            case MONTH -> midnight(dateOf(instantMs).withDayOfMonth(1));
        };
    }

    /** Exclusive end in ms of the window that an instant lies in. */
    public long endOf(long instantMs) {
        return switch (size) {
            case HOUR -> hourEnd(instantMs);
            case DAY -> midnight(dateOf(instantMs).plusDays(1));
            case MONTH -> midnight(dateOf(instantMs).withDayOfMonth(1).plusMonths(1));
        };
    }

    public boolean isBoundary(long instantMs) {
        return startOf(instantMs) == instantMs;
    }

    private LocalDate dateOf(long instantMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(instantMs), zone);
    }

    private long midnight(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private long hourStart(long instantMs) {
        ZoneOffsetTransition change = rules().previousTransition(Instant.ofEpochMilli(instantMs + 1));
        long start = uncutHourStart(instantMs);
        // Half-hour changes (Lord Howe) cut an hour in two.
        return change == null ? start : Math.max(start, change.getInstant().toEpochMilli());
    }

    private long hourEnd(long instantMs) {
        ZoneOffsetTransition change = rules().nextTransition(Instant.ofEpochMilli(instantMs));
        long end = uncutHourStart(instantMs) + HOUR_MS;
        return change == null ? end : Math.min(end, change.getInstant().toEpochMilli());
    }

    private long uncutHourStart(long instantMs) {
        long offsetMs = rules().getOffset(Instant.ofEpochMilli(instantMs)).getTotalSeconds() * 1000L;
        return instantMs - Math.floorMod(instantMs + offsetMs, HOUR_MS);
    }

    private ZoneRules rules() {
        return zone.getRules();
    }
}
