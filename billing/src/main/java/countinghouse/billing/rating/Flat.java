package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** A fixed amount, whatever the usage. */
public record Flat(BigDecimal amount) implements Price {
    @Override
    public Rated rate(Usage usage) {
        return Rated.of(Detail.fixed("flat", amount));
    }

    @Override
    public Price forPart(UnaryOperator<BigDecimal> share) {
        return new Flat(share.apply(amount));
    }
}
