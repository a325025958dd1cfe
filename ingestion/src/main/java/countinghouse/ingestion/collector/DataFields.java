package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads values from JSON, exactly: nothing is rounded, truncated or guessed. Each names the field by its path in messages. */
final class DataFields {
    private static final int MAX_NUMBER_TEXT = 64;

    private DataFields() {}

    /** A text that every store can hold: complete Unicode characters, none of them NUL. */
    static String text(JsonNode value, String path) {
        if (!value.isTextual()) {
            throw wrongType(value, path, "a text");
        }
        return complete(value.asText(), path);
    }

    /** The same text, if every store can hold it. */
    static String complete(String text, String path) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new InvalidEventException(
                        "characters", path, "'%s' contains a NUL or half a surrogate pair".formatted(path));
            }
        }
        return text;
    }

    static Boolean bool(JsonNode value, String path) {
        if (!value.isBoolean()) {
            throw wrongType(value, path, "true or false");
        }
        return value.asBoolean();
    }

    /** A whole number, however it is written, whose magnitude is at most the largest. */
    static long whole(JsonNode value, String path, long largest) {
        if (value.isInt() && value.intValue() != Integer.MIN_VALUE) {
            return value.intValue();
        }
        if (!value.isNumber()) {
            throw wrongType(value, path, "a whole number");
        }
        BigDecimal number = value.decimalValue();
        if (Decimals.isWithinLimits(number)) {
            BigDecimal plain = Decimals.atScale(number).stripTrailingZeros();
            if (plain.scale() <= 0) {
                BigInteger whole = plain.toBigIntegerExact();
                if (whole.abs().compareTo(BigInteger.valueOf(largest)) <= 0) {
                    return whole.longValueExact();
                }
            }
        }
        throw wrongType(value, path, "a whole number");
    }

    /** A decimal, as a number or a text. */
    static BigDecimal decimal(JsonNode value, String path) {
        BigDecimal decimal;
        if (value.isNumber()) {
            decimal = value.decimalValue();
        } else if (value.isTextual() && value.asText().length() <= MAX_NUMBER_TEXT) {
            try {
                decimal = new BigDecimal(value.asText());
            } catch (NumberFormatException e) {
                throw wrongType(value, path, "a decimal number");
            }
        } else {
            throw wrongType(value, path, "a decimal number");
        }
        // A value beyond the limits stays as it is: the rules of metering refuse it by their own name.
        return Decimals.isWithinLimits(decimal) ? Decimals.atScale(decimal) : decimal;
    }

    private static InvalidEventException wrongType(JsonNode value, String path, String expected) {
        String text = value.toString();
        String shown = text.length() <= 80 ? text : text.substring(0, 80) + "...";
        return new InvalidEventException("type", path, "'%s' is %s; it must be %s".formatted(path, shown, expected));
    }
}
