package countinghouse.billing.rating;

import java.math.BigDecimal;

/** The quantity is money already; it is passed on with a mark-up. */
public record Dynamic(BigDecimal multiplier) implements Price {
    @Override
    public Rated rate(Usage usage) {
        return usage.quantity().signum() == 0
                ? Rated.NOTHING
                : Rated.of(Detail.of("dynamic-usage", usage.quantity(), multiplier));
    }
}
