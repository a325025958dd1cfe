package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Rates one line: a price with its terms, for a whole period or for a part of one. */
public final class LineRating {
    private LineRating() {}

    /** A line that covers a whole period of which nothing was billed yet. */
    public static Rated wholePeriod(Price price, Terms terms, Usage usage) {
        return agreed(terms, price.rate(usage), BigDecimal.ZERO, true);
    }

    /**
     * A rated line with its terms: discount, maximum, minimum.
     *
     * @param previouslyBilled what earlier lines of the period came to; it counts against the maximum and the minimum
     * @param last whether the period ends here; only then the minimum is owed
     */
    public static Rated agreed(Terms terms, Rated rated, BigDecimal previouslyBilled, boolean last) {
        Rated capped = terms.capped(terms.discounted(rated), previouslyBilled);
        return last ? terms.raised(capped, previouslyBilled) : capped;
    }

    /**
     * A line that covers a later part of a period: rate(all so far) - rate(all before), so that parts add up to the whole.
     *
     * @param before usage of the period's earlier parts
     * @param part usage of this part
     * @param previouslyBilled what the earlier parts came to
     * @param last whether the period ends here; only then the minimum is owed
     */
    public static Rated partOfPeriod(
            Price price, Terms terms, Usage before, Usage part, BigDecimal previouslyBilled, boolean last) {
        return agreed(terms, difference(price, before, before.plus(part)), previouslyBilled, last);
    }

    /** What usage known later changes: rate(now) - rate(then); negative if volume prices fall. */
    public static Rated difference(Price price, Usage then, Usage now) {
        List<Detail> details = new ArrayList<>(price.rate(now).details());
        price.rate(then).details().stream().map(LineRating::reversal).forEach(details::add);
        return new Rated(details);
    }

    private static Detail reversal(Detail detail) {
        return new Detail(
                detail.reference() + "-before",
                detail.quantity().negate(),
                detail.unitPrice(),
                detail.amount().negate());
    }
}
