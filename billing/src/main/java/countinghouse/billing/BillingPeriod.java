package countinghouse.billing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What is billed at once: a calendar month, whose boundaries depend on the account's billing time zone, or a range of instants.
 *
 * @param label its one name: {@code 2026-10} or {@code FROM/TO} in UTC
 */
public record BillingPeriod(String label, Optional<YearMonth> month, Optional<TimeRange> fixed) {
    /**
     * The period of a text.
     *
     * @param text {@code 2026-10}, or two ISO-8601 instants as {@code from/to}
     * @throws BillingException if it is neither
     */
    public static BillingPeriod parse(String text) {
        try {
            int slash = text.indexOf('/');
            return slash < 0
                    ? of(YearMonth.parse(text))
                    : of(new TimeRange(
                            Instant.parse(text.substring(0, slash)), Instant.parse(text.substring(slash + 1))));
        } catch (DateTimeException e) {
            throw new BillingException(
                    BillingError.INVALID_REQUEST,
                    "'%s' is not a period; write a month (2026-10) or 2026-10-01T00:00:00Z/2026-10-02T00:00:00Z"
                            .formatted(text));
        }
    }

    /** The month that it is now in a zone. */
    public static BillingPeriod current(Clock clock, ZoneId zone) {
        return of(YearMonth.from(clock.instant().atZone(zone)));
    }

    public static BillingPeriod of(YearMonth month) {
        return new BillingPeriod(month.toString(), Optional.of(month), Optional.empty());
    }

    public static BillingPeriod of(TimeRange range) {
        return new BillingPeriod(range.toString(), Optional.empty(), Optional.of(range));
    }

    /** The period's range of event time for accounts of a billing time zone. */
    public TimeRange in(ZoneId zone) {
        return fixed.orElseGet(
                () -> month.map(value -> new TimeRange(startOf(value, zone), startOf(value.plusMonths(1), zone)))
                        .orElseThrow());
    }

    private static Instant startOf(YearMonth month, ZoneId zone) {
        return month.atDay(1).atStartOfDay(zone).toInstant();
    }
}
