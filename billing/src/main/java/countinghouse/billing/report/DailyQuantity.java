package countinghouse.billing.report;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The usage of a meter on one day of the account's billing time zone.
 *
 * @param day in that zone
 * @param meter of what
 * @param n number of events
 * @param quantity the meter's value over them
 */
public record DailyQuantity(LocalDate day, String meter, long n, BigDecimal quantity) {}
