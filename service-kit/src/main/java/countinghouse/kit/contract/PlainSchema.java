package countinghouse.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/**
 * Accepts values of the simplest schemas, texts and arrays of texts of limited length, which are most parameters, at a hundredth of a general validator's cost.
 * What it does not accept goes to the validator, whose verdict counts.
 *
 * @param items of an array; null for a text
 */
record PlainSchema(PlainSchema items, int least, int most) {
    private static final Set<String> OF_TEXT =
            Set.of("type", "minLength", "maxLength", "description", "default", "example");
    private static final Set<String> OF_ARRAY =
            Set.of("type", "minItems", "maxItems", "items", "description", "default", "example");

    /** Empty if a schema says anything else. */
    static Optional<PlainSchema> of(JsonNode schema, JsonNode components) {
        JsonNode reference = schema.path("$ref");
        if (!reference.isMissingNode()) {
            JsonNode target = components.at(reference.asText().substring("#/components".length()));
            return schema.size() == 1 ? of(target, components) : Optional.empty();
        }
        return switch (schema.path("type").asText()) {
            case "string" ->
                has(schema, OF_TEXT)
                        ? Optional.of(new PlainSchema(
                                null,
                                schema.path("minLength").asInt(0),
                                schema.path("maxLength").asInt(Integer.MAX_VALUE)))
                        : Optional.empty();
            case "array" ->
                has(schema, OF_ARRAY)
                        ? of(schema.path("items"), components)
                                .map(items -> new PlainSchema(
                                        items,
                                        schema.path("minItems").asInt(0),
                                        schema.path("maxItems").asInt(Integer.MAX_VALUE)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static boolean has(JsonNode schema, Set<String> known) {
        return schema.properties().stream().allMatch(member -> known.contains(member.getKey()));
    }

    boolean accepts(JsonNode value) {
        if (items == null) {
            return value.isTextual() && isWithin(codePoints(value.textValue()));
        }
        if (!value.isArray() || !isWithin(value.size())) {
            return false;
        }
        for (JsonNode element : value) {
            if (!items.accepts(element)) {
                return false;
            }
        }
        return true;
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private boolean isWithin(int size) {
        return least <= size && size <= most;
    }
}
