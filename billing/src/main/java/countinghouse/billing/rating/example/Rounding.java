package countinghouse.billing.rating.example;

import countinghouse.billing.rating.RatingException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an example's amount is rounded, once.
 *
 * @param scale decimal places, half up; empty for the exact amount
 */
record Rounding(Optional<Integer> scale) {
    static final Rounding CENTS = new Rounding(Optional.of(2));
    static final Rounding EXACT = new Rounding(Optional.empty());
    private static final Pattern POLICY = Pattern.compile("HALF_UP_([0-9])");

    /** The policy of a name such as {@code HALF_UP_2}; there is no other way to round money here. */
    static Rounding of(String policy) {
        Matcher matcher = POLICY.matcher(policy);
        if (!matcher.matches()) {
            throw new RatingException("Unknown rounding '%s'".formatted(policy));
        }
        return new Rounding(Optional.of(Integer.valueOf(matcher.group(1))));
    }

    BigDecimal of(BigDecimal exact) {
        return scale.map(places -> exact.setScale(places, RoundingMode.HALF_UP)).orElse(exact);
    }
}
