package countinghouse.billing.export;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers for people: a comma between thousands, a point before decimals. Exact: nothing is rounded here. */
final class Amounts {
    private Amounts() {}

    /** A number with the decimal places that it has. */
    static String text(BigDecimal number) {
        int places = Math.max(0, number.scale());
        DecimalFormat format = new DecimalFormat(
                "#,##0" + (places == 0 ? "" : "." + "0".repeat(places)), DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(number);
    }

    /** A number without zeros at its end. */
    static String shortest(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return text(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }
}
