package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.Decimals;
import java.util.Map;
import java.util.TreeMap;

/** Flattens the data of a custom event: nested objects become dotted names, arrays stay JSON text, nulls are absent. */
final class CustomData {
    static final int MAX_PROPERTIES = 256;
    static final int MAX_NAME_LENGTH = 256;

    private CustomData() {}

    /**
     * The flat properties of a JSON object.
     *
     * @throws InvalidEventException if two properties get the same name, or a limit is passed
     */
    static Map<String, String> flatten(JsonNode data) {
        Map<String, String> flat = new TreeMap<>();
        flatten("", data, flat);
        return flat;
    }

    private static void flatten(String prefix, JsonNode object, Map<String, String> flat) {
        object.fields().forEachRemaining(field -> {
            String name = prefix + DataFields.complete(field.getKey(), "data");
            if (name.length() > MAX_NAME_LENGTH) {
                throw new InvalidEventException(
                        "length",
                        name.substring(0, MAX_NAME_LENGTH),
                        "A property's dotted name has %d characters; at most %d are allowed"
                                .formatted(name.length(), MAX_NAME_LENGTH));
            }
            if (field.getValue().isObject()) {
                flatten(name + ".", field.getValue(), flat);
            } else if (!field.getValue().isNull()) {
                add(name, text(field.getValue(), name), flat);
            }
        });
    }

    private static void add(String name, String value, Map<String, String> flat) {
        if (flat.put(name, value) != null) {
            throw new InvalidEventException(
                    "ambiguous",
                    name,
                    "Two properties are both named '%s' once nested names are dotted".formatted(name));
        }
        if (flat.size() > MAX_PROPERTIES) {
            throw new InvalidEventException(
                    "properties", "data", "'data' has more than %d properties".formatted(MAX_PROPERTIES));
        }
    }

    private static String text(JsonNode value, String name) {
        if (value.isTextual()) {
            return DataFields.text(value, name);
        }
        if (!value.isNumber()) {
            return value.toString();
        }
        if (!Decimals.isWithinLimits(value.decimalValue())) {
            throw new InvalidEventException(
                    "decimal",
                    name,
                    "'%s' is %s; at most %d integer and %d fractional digits are allowed"
                            .formatted(name, value.decimalValue(), Decimals.MAX_INTEGER_DIGITS, Decimals.SCALE));
        }
        return Decimals.text(value.decimalValue());
    }
}
