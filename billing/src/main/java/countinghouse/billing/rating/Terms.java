package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is agreed on top of a price, applied in this order: discount, maximum, minimum.
 *
 * @param percentDiscount 0 to 100
 * @param maximum most that a whole period may cost
 * @param minimum least that a whole period costs; owed with the period's last line
 */
public record Terms(BigDecimal percentDiscount, Optional<BigDecimal> maximum, Optional<BigDecimal> minimum) {
    public static final Terms NONE = new Terms(BigDecimal.ZERO, Optional.empty(), Optional.empty());

    public Terms {
        if (percentDiscount.signum() < 0 || percentDiscount.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw new RatingException("A discount is 0 to 100 percent, not " + percentDiscount.toPlainString());
        }
        if (maximum.isPresent() && minimum.isPresent() && minimum.get().compareTo(maximum.get()) > 0) {
            throw new RatingException("The minimum of %s is above the maximum of %s"
                    .formatted(minimum.get().toPlainString(), maximum.get().toPlainString()));
        }
    }

    /**
     * What is agreed for a part of a period: the discount as it is, commitments by their share.
     *
     * @param share gives the part's share of an amount
     */
    public Terms forPart(UnaryOperator<BigDecimal> share) {
        return new Terms(percentDiscount, maximum.map(share), minimum.map(share));
    }

    Rated discounted(Rated rated) {
        if (percentDiscount.signum() == 0 || rated.amount().signum() == 0) {
            return rated;
        }
        BigDecimal rate = percentDiscount.movePointLeft(2).negate();
        return rated.plus(Detail.of("percentage-discount", rated.amount(), rate));
    }

    Rated capped(Rated rated, BigDecimal previouslyBilled) {
        return maximum.map(cap -> cap.subtract(previouslyBilled).max(BigDecimal.ZERO))
                .filter(room -> rated.amount().compareTo(room) > 0)
                .map(room -> rated.plus(Detail.fixed("maximum-spend", room.subtract(rated.amount()))))
                .orElse(rated);
    }

    Rated raised(Rated rated, BigDecimal previouslyBilled) {
        return minimum.map(least -> least.subtract(previouslyBilled).subtract(rated.amount()))
                .filter(shortfall -> shortfall.signum() > 0)
                .map(shortfall -> rated.plus(Detail.fixed("minimum-commitment", shortfall)))
                .orElse(rated);
    }
}
