package countinghouse.kit.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the contract says of a request's body. */
final class BodyRule {
    private static final String ANY = "*/*";
    private static final String JSON = "application/json";

    private final boolean required;
    private final Map<String, SchemaCheck> schemas = new LinkedHashMap<>();

    BodyRule(JsonNode body, JsonNode components) {
        required = body.path("required").asBoolean(false);
        body.path("content")
                .properties()
                .forEach(type -> schemas.put(
                        type.getKey(), new SchemaCheck(type.getValue().path("schema"), components)));
    }

    /**
     * Whether a body of this type may be sent.
     *
     * @param contentType as the request has it; null, if it has none, means the first type of the contract
     */
    boolean accepts(String contentType) {
        return contentType == null || schemas.containsKey(ANY) || schemas.containsKey(mediaType(contentType));
    }

    /** The types that may be sent. */
    String types() {
        return String.join(", ", schemas.keySet());
    }

    /** What is wrong with a body; only JSON of a declared type has a schema here. */
    List<Violation> violations(String contentType, String text) {
        if (text == null || text.isBlank()) {
            return required ? List.of(new Violation("body", "", "is missing")) : List.of();
        }
        SchemaCheck schema = schemas.get(contentType == null ? JSON : mediaType(contentType));
        if (schema == null) {
            return List.of();
        }
        try {
            return schema.violations("body", "", tree(text));
        } catch (JsonProcessingException e) {
            return List.of(new Violation("body", "", "is not JSON: %s".formatted(e.getOriginalMessage())));
        }
    }

    private static JsonNode tree(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text);
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.trim().toLowerCase(Locale.ROOT);
    }
}
