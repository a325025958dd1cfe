package countinghouse.billing.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A currency of the price list.
 *
 * @param code ISO 4217
 * @param scale decimal places of its smallest unit, 0 to 9
 */
public record Currency(String code, int scale) {
    private static final int MAX_SCALE = 9;

    public Currency {
        if (!code.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("'%s' is not a currency code such as USD".formatted(code));
        }
        if (scale < 0 || scale > MAX_SCALE) {
            throw new IllegalArgumentException("The scale of %s is %d; it must be 0 to 9".formatted(code, scale));
        }
    }

    /** An amount at the currency's scale, rounded half up; to be called once per line. */
    public BigDecimal round(BigDecimal exact) {
        return exact.setScale(scale, RoundingMode.HALF_UP);
    }
}
