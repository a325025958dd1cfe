package countinghouse.billing.entitlement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The day that a daily quota belongs to: a calendar day in the account's billing time zone, of 23 or 25 hours where the clocks change.
 *
 * @param date of the day
 * @param zone in which it is a day
 */
public record QuotaDay(LocalDate date, ZoneId zone) {
    static QuotaDay of(Instant now, ZoneId zone) {
        return new QuotaDay(LocalDate.ofInstant(now, zone), zone);
    }

    /** When the next quota day begins. */
    Instant end() {
        return date.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
