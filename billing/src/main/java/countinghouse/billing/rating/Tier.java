package countinghouse.billing.rating;

import java.math.BigDecimal;

/**
 * A tier of cumulative quantity.
 *
 * @param upTo inclusive upper bound; null for the last, unbounded tier
 * @param unitPrice of each unit in the tier; for percentages, the rate as a fraction
 * @param flatPrice charged once on entering the tier
 */
public record Tier(BigDecimal upTo, BigDecimal unitPrice, BigDecimal flatPrice) {
    boolean reaches(BigDecimal quantity) {
        return upTo == null || quantity.compareTo(upTo) <= 0;
    }
}
