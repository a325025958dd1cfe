package countinghouse.billing.rating;

import java.math.BigDecimal;

/**
 * One step of a line's working.
 *
 * @param reference stable name of the step, e.g. {@code graduated-tier-2-usage}, so that two ratings can be compared
 * @param quantity units charged in this step
 * @param unitPrice price of one of them; for a percentage, the rate as a fraction
 * @param amount exact, not rounded
 */
public record Detail(String reference, BigDecimal quantity, BigDecimal unitPrice, BigDecimal amount) {
    static Detail of(String reference, BigDecimal quantity, BigDecimal unitPrice) {
        return new Detail(reference, quantity, unitPrice, quantity.multiply(unitPrice));
    }

    static Detail fixed(String reference, BigDecimal amount) {
        return new Detail(reference, BigDecimal.ONE, amount, amount);
    }
}
