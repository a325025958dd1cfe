package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/** Shares of periods by whole days. */
public final class Proration {
    /** Digits of a ratio that does not end. */
    private static final int RATIO_SCALE = 9;

    private Proration() {}

    /** The share of an amount for some of a period's days; exact to 34 digits. */
    public static BigDecimal byDay(BigDecimal amount, long daysUsed, long daysInPeriod) {
        if (daysInPeriod <= 0 || daysUsed < 0) {
            throw new RatingException("%d of %d days is not a share".formatted(daysUsed, daysInPeriod));
        }
        return amount.multiply(BigDecimal.valueOf(daysUsed))
                .divide(BigDecimal.valueOf(daysInPeriod), MathContext.DECIMAL128);
    }

    /**
     * How many monthly cycles lie between two days.
     *
     * @param cycleDay day of the month on which cycles begin, 1 to 31; a shorter month's last day stands in for it
     */
    public static BigDecimal ratio(LocalDate from, LocalDate to, int cycleDay) {
        LocalDate start = cycleStart(YearMonth.from(from), cycleDay);
        if (start.isAfter(from)) {
            start = cycleStart(YearMonth.from(from).minusMonths(1), cycleDay);
        }
        BigDecimal ratio = BigDecimal.ZERO;
        LocalDate day = from;
        while (day.isBefore(to)) {
            LocalDate end = cycleStart(YearMonth.from(start).plusMonths(1), cycleDay);
            LocalDate until = end.isBefore(to) ? end : to;
            ratio = ratio.add(BigDecimal.valueOf(ChronoUnit.DAYS.between(day, until))
                    .divide(
                            BigDecimal.valueOf(ChronoUnit.DAYS.between(start, end)),
                            RATIO_SCALE,
                            RoundingMode.HALF_UP));
            day = until;
            start = end;
        }
        return ratio;
    }

    private static LocalDate cycleStart(YearMonth month, int cycleDay) {
        return month.atDay(Math.min(cycleDay, month.lengthOfMonth()));
    }
}
