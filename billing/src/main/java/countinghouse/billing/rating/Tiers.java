package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiers without gaps: each begins just above the inclusive bound of the one before, however fractional the quantity.
 *
 * @param list in ascending order
 * @param zeroUsageOwesFirstFlat whether no usage still owes the first tier's flat price
 */
public record Tiers(List<Tier> list, boolean zeroUsageOwesFirstFlat) {
    public Tiers {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new RatingException("A tiered price needs at least one tier");
        }
        BigDecimal below = BigDecimal.ZERO;
        for (int index = 0; index < list.size(); index++) {
            BigDecimal upTo = list.get(index).upTo();
            boolean last = index == list.size() - 1;
            if (upTo == null ? !last : upTo.compareTo(below) <= 0) {
                throw new RatingException(
                        "Tier %d must have a bound above %s; only the last may have none".formatted(index + 1, below));
            }
            below = upTo;
        }
    }

    /** Position of the one tier that a quantity falls into. */
    int indexOf(BigDecimal quantity) {
        for (int index = 0; index < list.size(); index++) {
            if (list.get(index).reaches(quantity)) {
                return index;
            }
        }
        throw new RatingException("No tier covers a quantity of %s; the last one ends at %s"
                .formatted(quantity.toPlainString(), list.get(list.size() - 1).upTo()));
    }

    /** Every tier entered, with the part of the quantity inside it. */
    List<Detail> walk(BigDecimal quantity, String name) {
        List<Detail> details = new ArrayList<>();
        if (owesNothing(quantity)) {
            return details;
        }
        int reached = indexOf(quantity);
        BigDecimal below = BigDecimal.ZERO;
        for (int index = 0; index <= reached; index++) {
            Tier tier = list.get(index);
            BigDecimal top = index == reached ? quantity : tier.upTo();
            add(details, name, index, top.subtract(below));
            below = top;
        }
        return details;
    }

    void add(List<Detail> details, String name, int index, BigDecimal quantity) {
        Tier tier = list.get(index);
        String reference = "%s-tier-%d-".formatted(name, index + 1);
        if (tier.flatPrice().signum() != 0) {
            details.add(Detail.fixed(reference + "flat", tier.flatPrice()));
        }
        if (quantity.signum() != 0) {
            details.add(Detail.of(reference + "usage", quantity, tier.unitPrice()));
        }
    }

    boolean owesNothing(BigDecimal quantity) {
        if (quantity.signum() < 0) {
            throw new RatingException("A quantity of %s cannot be rated by tiers".formatted(quantity.toPlainString()));
        }
        return quantity.signum() == 0 && !zeroUsageOwesFirstFlat;
    }
}
