package countinghouse.billing.rating;

import java.math.BigDecimal;

/** The same price for every unit. */
public record PerUnit(BigDecimal unitPrice) implements Price {
    @Override
    public Rated rate(Usage usage) {
        return usage.quantity().signum() == 0
                ? Rated.NOTHING
                : Rated.of(Detail.of("unit-usage", usage.quantity(), unitPrice));
    }
}
