package countinghouse.metering.row;

import java.math.BigDecimal;
import java.util.Base64;

/**
 * The text form of rows in Redis hashes: field {@code bucket|cell|partition|dimensions}, value {@code n|value|fingerprint}, and for a unique
 * count {@code |sketch} in Base64 behind them; its value is then the estimate, for people.
 */
public final class RowText {
    private RowText() {}

    public static String field(RowKey key) {
        return key.bucketMs() + "|" + key.cellMs() + "|" + key.partition() + "|" + key.dimensions();
    }

    /** The row key of a field in the hash of a meter and account. */
    public static RowKey key(String meter, String account, String field) {
        // Dimensions come last and may contain the separator themselves.
        String[] parts = field.split("\\|", 4);
        return new RowKey(meter, account, parts[3], Long.parseLong(parts[1]), Long.parseLong(parts[0]), parts[2]);
    }

    public static String value(RowValue value) {
        String text = value.n() + "|" + Decimals.text(value.value()) + "|"
                + value.fingerprint().toHex();
        return value.measure() instanceof Uniques uniques
                ? text + "|" + Base64.getEncoder().encodeToString(uniques.toBytes())
                : text;
    }

    public static RowValue parseValue(String text) {
        String[] parts = text.split("\\|", 4);
        Measure measure = parts.length > 3
                ? Uniques.ofBytes(Base64.getDecoder().decode(parts[3]))
                : new Quantity(new BigDecimal(parts[1]));
        return new RowValue(Long.parseLong(parts[0]), measure, Fingerprint.ofHex(parts[2]));
    }
}
