package countinghouse.billing.usage;

import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;

/**
 * The usage of one meter by one account in a range.
 *
 * @param account whose
 * @param meter of what
 * @param n number of events in it
 * @param quantity the meter's value over them, exact
 * @param fingerprint of the events
 */
public record UsageQuantity(String account, String meter, long n, BigDecimal quantity, Fingerprint fingerprint) {
    /** No event at all. */
    public static UsageQuantity none(String account, String meter) {
        return new UsageQuantity(account, meter, 0, BigDecimal.ZERO, Fingerprint.ZERO);
    }
}
