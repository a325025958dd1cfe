package countinghouse.billing;

import countinghouse.billing.invoice.UnratedAccounts;
import countinghouse.billing.usage.UnregisteredUsage;
import java.time.Instant;

/**
 * What billing a period came to.
 *
 * @param period its label
 * @param closedBy the run that closed it first
 * @param generation that all usage comes from
 * @param closedThrough of that generation
 * @param invoices of the period
 * @param payouts of the period
 * @param linesVerified lines that were recomputed and compared
 * @param linesFailed how many of them differ
 * @param unrated accounts that this run could not bill
 * @param unregistered usage of accounts that nobody registered
 */
public record BillingReport(
        String period,
        String closedBy,
        long generation,
        Instant closedThrough,
        DocumentTotals invoices,
        DocumentTotals payouts,
        long linesVerified,
        long linesFailed,
        UnratedAccounts unrated,
        UnregisteredUsage.Summary unregistered) {}
