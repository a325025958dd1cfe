package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of rating: an exact amount and how it came about. Nothing is rounded here; a line is rounded once, at the end.
 *
 * @param details in the order they were computed; they add up to the amount
 */
public record Rated(List<Detail> details) {
    public static final Rated NOTHING = new Rated(List.of());

    public Rated {
        details = List.copyOf(details);
    }

    public static Rated of(Detail... details) {
        return new Rated(List.of(details));
    }

    /** The exact sum of the details. */
    public BigDecimal amount() {
        return details.stream().map(Detail::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public Rated plus(Detail detail) {
        List<Detail> more = new ArrayList<>(details);
        more.add(detail);
        return new Rated(more);
    }

    public Rated plus(Rated other) {
        List<Detail> more = new ArrayList<>(details);
        more.addAll(other.details);
        return new Rated(more);
    }

    /** This less a fixed amount. */
    public Rated less(String reference, BigDecimal amount) {
        return plus(Detail.fixed(reference, amount.negate()));
    }
}
