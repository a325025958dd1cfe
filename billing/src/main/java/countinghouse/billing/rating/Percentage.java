package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.UnaryOperator;

/**
 * A share of an amount plus a fee per event; the quantity is money.
 *
 * @param rate as a fraction, e.g. 0.013 for 1.3 %
 * @param fixedPerEvent fee of each event
 * @param freeAmount part of the amount that is free
 * @param freeEvents events without a fee; a part of a period has its share, rounded up to a whole event
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

    @Override
    public Price forPart(UnaryOperator<BigDecimal> share) {
        long eventsOfPart = share.apply(BigDecimal.valueOf(freeEvents))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        return new Percentage(rate, fixedPerEvent, share.apply(freeAmount), eventsOfPart);
    }
}
