package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Reads a field of an Avro schema from JSON, exactly: nothing is rounded, truncated or guessed. */
final class DataFields {
    private static final int MAX_NUMBER_TEXT = 64;

    private DataFields() {}

    /**
     * The value of a field, in the class that the generated record wants; null if it is optional and absent.
     *
     * @param path the field's name in messages, e.g. {@code ad_views[0].revenue}
     * @throws InvalidEventException if it is required and absent, or of another type
     */
    static Object read(JsonNode data, Schema.Field field, String path) {
        JsonNode value = data.path(field.name());
        boolean optional = field.schema().isUnion();
        if (value.isMissingNode() || value.isNull()) {
            if (optional) {
                return null;
            }
            throw new InvalidEventException("required", path, "'%s' is required".formatted(path));
        }
        Schema schema = optional ? field.schema().getTypes().get(1) : field.schema();
        Object read = value(value, schema, path);
        if (!optional && read instanceof String text && text.isBlank()) {
            throw new InvalidEventException("required", path, "'%s' must not be blank".formatted(path));
        }
        return read;
    }

    private static Object value(JsonNode value, Schema schema, String path) {
        return switch (schema.getType()) {
            case STRING -> text(value, path);
            case BOOLEAN -> bool(value, path);
            case INT -> Math.toIntExact(whole(value, path, Integer.MAX_VALUE));
            case LONG -> whole(value, path, Long.MAX_VALUE);
            case BYTES -> decimal(value, schema, path);
            default -> throw new IllegalStateException("No event schema has a field of type " + schema);
        };
    }

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

    private static Boolean bool(JsonNode value, String path) {
        if (!value.isBoolean()) {
            throw wrongType(value, path, "true or false");
        }
        return value.asBoolean();
    }

    private static long whole(JsonNode value, String path, long largest) {
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

    private static BigDecimal decimal(JsonNode value, Schema schema, String path) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal)) {
            throw new IllegalStateException("No event schema has a field of plain bytes");
        }
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
