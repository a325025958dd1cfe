package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import java.time.Instant;

/**
 * A period whose usage is pinned.
 *
 * @param period label of the period
 * @param generation that every document of the period is made from
 * @param closedThrough of that generation
 * @param manifestDigest SHA-256 of the generation's manifest
 * @param runId of the run that closed it first
 */
public record PeriodClose(String period, long generation, Instant closedThrough, byte[] manifestDigest, String runId) {
    /**
     * An account that was registered after the close may live in a zone where the period ends later than in all that were there before.
     *
     * @param range the period in the account's zone
     * @throws BillingException if the pinned generation does not know all of it
     */
    void requireKnown(Account account, TimeRange range) {
        if (closedThrough.isBefore(range.to())) {
            throw new BillingException(
                    BillingError.PERIOD_NOT_CLOSED,
                    "The period %s is billed from generation %d, which is closed through %s, but in the zone %s of '%s' it ends at %s; 'countinghouse bill adjust --period %s' bills it from the newest generation"
                            .formatted(
                                    period,
                                    generation,
                                    closedThrough,
                                    account.zone(),
                                    account.account(),
                                    range.to(),
                                    period));
        }
    }
}
