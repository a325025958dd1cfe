package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The part of a period that a plan was in force for, as an exact fraction.
 *
 * @param part 1 to {@code whole}
 * @param whole days if both ranges begin and end at midnight in the billing time zone, otherwise milliseconds; 1 for a whole period
 */
public record Share(long part, long whole) {
    public static final Share WHOLE = new Share(1, 1);

    /** The share of a segment in its period. */
    public static Share of(TimeRange segment, TimeRange period, ZoneId zone) {
        if (segment.equals(period)) {
            return WHOLE;
        }
        return isWholeDays(segment, zone) && isWholeDays(period, zone)
                ? new Share(days(segment, zone), days(period, zone))
                : new Share(millis(segment), millis(period));
    }

    /** That share of an amount; to 34 digits where the fraction does not end. */
    public BigDecimal of(BigDecimal amount) {
        return part == whole
                ? amount
                : amount.multiply(BigDecimal.valueOf(part)).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
    }

    private static boolean isWholeDays(TimeRange range, ZoneId zone) {
        return isMidnight(range.from(), zone) && isMidnight(range.to(), zone);
    }

    private static boolean isMidnight(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT);
    }

    private static long days(TimeRange range, ZoneId zone) {
        return ChronoUnit.DAYS.between(
                range.from().atZone(zone).toLocalDate(), range.to().atZone(zone).toLocalDate());
    }

    private static long millis(TimeRange range) {
        return Duration.between(range.from(), range.to()).toMillis();
    }
}
