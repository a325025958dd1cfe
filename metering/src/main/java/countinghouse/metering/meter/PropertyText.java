package countinghouse.metering.meter;

import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.util.Optional;

/** The text and the number in a property, the same in every store an event may be read from. */
final class PropertyText {
    private PropertyText() {}

    static String of(Object value) {
        return value instanceof BigDecimal decimal ? Decimals.text(decimal) : value.toString();
    }

    /** The property as a decimal; empty if it is none, or beyond the platform's limits. */
    static Optional<BigDecimal> decimalOf(Object value) {
        return parse(value).filter(Decimals::isWithinLimits);
    }

    private static Optional<BigDecimal> parse(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(BigDecimal.valueOf(((Number) value).longValue()));
        }
        if (value instanceof String text && text.length() <= MAX_NUMBER_LENGTH) {
            try {
                return Optional.of(new BigDecimal(text));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Longer than any decimal within the limits, and short enough that parsing is cheap. */
    private static final int MAX_NUMBER_LENGTH = 64;
}
