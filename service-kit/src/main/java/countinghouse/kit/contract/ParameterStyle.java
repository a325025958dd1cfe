package countinghouse.kit.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.kit.http.Json;
import java.math.BigDecimal;
import java.util.List;

/** How the texts of a request become the value that a schema describes. */
enum ParameterStyle {
    /** One text. */
    SINGLE {
        @Override
        JsonNode read(String name, ParameterTexts texts, JsonNode schema) {
            return scalar(only(name, texts), schema.path("type").asText());
        }
    },
    /** A repeated name. */
    REPEATED {
        @Override
        JsonNode read(String name, ParameterTexts texts, JsonNode schema) {
            return array(texts.all(name), schema.path("items").path("type").asText());
        }
    },
    /** {@code name[member]=text}; a repeated member is an array. */
    MEMBERS {
        @Override
        JsonNode read(String name, ParameterTexts texts, JsonNode schema) {
            ObjectNode members = JsonNodeFactory.instance.objectNode();
            texts.members(name)
                    .forEach((member, values) -> members.set(
                            member, values.size() == 1 ? scalar(values.get(0), "string") : array(values, "string")));
            return members;
        }
    },
    /** A text that is JSON. */
    JSON {
        @Override
        JsonNode read(String name, ParameterTexts texts, JsonNode schema) {
            try {
                return Json.mapper().readTree(only(name, texts));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("is not JSON: %s".formatted(e.getOriginalMessage()), e);
            }
        }
    };

    /**
     * The value.
     *
     * @throws IllegalArgumentException with a message for the caller if the texts make no value
     */
    abstract JsonNode read(String name, ParameterTexts texts, JsonNode schema);

    static ParameterStyle of(JsonNode parameter, String type) {
        if (parameter.has("content")) {
            return JSON;
        }
        return switch (type) {
            case "array" -> REPEATED;
            case "object" -> MEMBERS;
            default -> SINGLE;
        };
    }

    private static String only(String name, ParameterTexts texts) {
        List<String> all = texts.all(name);
        if (all.size() > 1) {
            throw new IllegalArgumentException("may stand only once");
        }
        return all.get(0);
    }

    private static ArrayNode array(List<String> values, String type) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(scalar(value, type)));
        return array;
    }

    /** A text that is no number stays a text, which the schema then refuses. */
    private static JsonNode scalar(String text, String type) {
        return switch (type) {
            // "1.0" is an integer for a schema, but for no reader of whole numbers.
            case "integer" -> number(text, "-?\\d{1,18}");
            case "number" -> number(text, "-?\\d{1,18}(\\.\\d{1,18})?");
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text))
                        : JsonNodeFactory.instance.textNode(text);
            default -> JsonNodeFactory.instance.textNode(text);
        };
    }

    private static JsonNode number(String text, String pattern) {
        return text.matches(pattern)
                ? JsonNodeFactory.instance.numberNode(new BigDecimal(text))
                : JsonNodeFactory.instance.textNode(text);
    }
}
