package countinghouse.billing.rating;

import java.math.BigDecimal;

/**
 * A share of an amount plus a fee per event; the quantity is money.
 *
 * @param rate as a fraction, e.g. 0.013 for 1.3 %
 * @param fixedPerEvent fee of each event
 * @param freeAmount part of the amount that is free
 * @param freeEvents events without a fee
 */
public record Percentage(BigDecimal rate, BigDecimal fixedPerEvent, BigDecimal freeAmount, long freeEvents)
        implements Price {
    @Override
    public Rated rate(Usage usage) {
        BigDecimal charged = usage.quantity().subtract(freeAmount).max(BigDecimal.ZERO);
        BigDecimal fees = BigDecimal.valueOf(Math.max(0, usage.events() - freeEvents));
        Rated rated = charged.signum() == 0 ? Rated.NOTHING : Rated.of(Detail.of("percentage-usage", charged, rate));
        return fees.signum() == 0 || fixedPerEvent.signum() == 0
                ? rated
                : rated.plus(Detail.of("percentage-events", fees, fixedPerEvent));
    }
}
