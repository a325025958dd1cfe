package countinghouse.billing.invoice;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One priced thing of a period: as invoiced beside as known now.
 *
 * @param known content as a generation knows it, with the plan pinned
 * @param knownAmount what it comes to
 * @param invoicedQuantity as the latest document that stands has it; empty if none charged it, and for fixed amounts
 * @param invoicedAmount sum of all documents that stand
 */
public record PeriodLine(
        LineContent known, BigDecimal knownAmount, Optional<BigDecimal> invoicedQuantity, BigDecimal invoicedAmount) {
    /** What an adjustment would charge. */
    public BigDecimal difference() {
        return knownAmount.subtract(invoicedAmount);
    }
}
