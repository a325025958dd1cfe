package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Graduated prices of units that come and go within a period: the tier follows from the full units in use, the amount from the
 * prorated ones. Units that go leave the tier that they were in. A tier's flat price is owed once it was entered.
 *
 * @param tiers of full units
 */
public record ProratedGraduated(Tiers tiers) {
    /**
     * The price of a series of changes.
     *
     * @param changes full units per event, negative if they go
     * @param prorated the same changes in prorated units
     */
    public Rated rate(List<BigDecimal> changes, List<BigDecimal> prorated) {
        if (changes.size() != prorated.size()) {
            throw new RatingException(
                    "There are %d changes, but %d prorated ones".formatted(changes.size(), prorated.size()));
        }
        List<Detail> details = new ArrayList<>();
        BigDecimal inUse = BigDecimal.ZERO;
        int entered = 0;
        for (int event = 0; event < changes.size(); event++) {
            BigDecimal after = inUse.add(changes.get(event));
            BigDecimal low = inUse.min(after);
            BigDecimal high = inUse.max(after);
            int top = high.signum() <= 0 ? -1 : tiers.indexOf(high);
            for (int index = 0; index <= top; index++) {
                if (index >= entered) {
                    tiers.add(details, "prorated", index, BigDecimal.ZERO);
                    entered = index + 1;
                }
                BigDecimal touched = within(index, low, high);
                if (touched.signum() > 0) {
                    BigDecimal units =
                            prorated.get(event).multiply(touched).divide(high.subtract(low), MathContext.DECIMAL128);
                    details.add(Detail.of(
                            "prorated-tier-%d-usage".formatted(index + 1),
                            units,
                            tiers.list().get(index).unitPrice()));
                }
            }
            inUse = after;
        }
        if (entered == 0 && tiers.zeroUsageOwesFirstFlat()) {
            tiers.add(details, "prorated", 0, BigDecimal.ZERO);
        }
        return new Rated(details);
    }

    private BigDecimal within(int index, BigDecimal low, BigDecimal high) {
        BigDecimal floor =
                index == 0 ? BigDecimal.ZERO : tiers.list().get(index - 1).upTo();
        BigDecimal ceiling = tiers.list().get(index).upTo();
        BigDecimal top = ceiling == null ? high : high.min(ceiling);
        return top.subtract(low.max(floor));
    }
}
