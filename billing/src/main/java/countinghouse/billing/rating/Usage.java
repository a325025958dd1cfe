package countinghouse.billing.rating;

import java.math.BigDecimal;

/**
 * What is rated.
 *
 * @param quantity the meter's value; exact, may be fractional; negative only in corrections
 * @param events number of events in it; matters only to prices with a fee per event
 */
public record Usage(BigDecimal quantity, long events) {
    public static final Usage NONE = new Usage(BigDecimal.ZERO, 0);

    public static Usage of(BigDecimal quantity) {
        return new Usage(quantity, 0);
    }

    public Usage plus(Usage other) {
        return new Usage(quantity.add(other.quantity), events + other.events);
    }

    Usage withQuantity(BigDecimal changed) {
        return new Usage(changed, events);
    }
}
