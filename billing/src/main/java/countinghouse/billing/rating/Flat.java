package countinghouse.billing.rating;

import java.math.BigDecimal;

/** A fixed amount, whatever the usage. */
public record Flat(BigDecimal amount) implements Price {
    @Override
    public Rated rate(Usage usage) {
        return Rated.of(Detail.fixed("flat", amount));
    }
}
