package countinghouse.metering.row;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The decimals of the platform: values of events have at most 15 integer and 9 fractional digits; sums are DECIMAL(38,9). There is
 * room for 10^14 largest values in a sum before it could overflow.
 */
public final class Decimals {
    public static final int SCALE = 9;
    public static final int MAX_INTEGER_DIGITS = 15;
    public static final int SUM_PRECISION = 38;

    private Decimals() {}

    /** Whether a value of an event is within the stated limits. */
    public static boolean isWithinLimits(BigDecimal value) {
        // In long, and before stripping: a scale near the ends of int (1e2147483647) would overflow either way.
        if (value.signum() != 0 && (long) value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
            return false;
        }
        return value.scale() <= SCALE || value.stripTrailingZeros().scale() <= SCALE;
    }

    /** The value at the platform's scale; never rounds. */
    public static BigDecimal atScale(BigDecimal value) {
        return value.setScale(SCALE, RoundingMode.UNNECESSARY);
    }

    /** The one text form of a value: no exponent, no trailing zeros. */
    public static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** The value as a count of 10^-9, in two's complement; the form that is hashed. */
    static BigInteger unscaled(BigDecimal value) {
        return atScale(value).unscaledValue();
    }
}
