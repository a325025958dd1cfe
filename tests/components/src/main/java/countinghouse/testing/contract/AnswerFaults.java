package countinghouse.testing.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import countinghouse.kit.http.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** How an answer is not one that the contract has. */
public final class AnswerFaults {
    private static final int NO_CONTENT = 204;
    private static final int FIRST_ERROR = 400;
    private static final int INTERNAL_ERROR = 500;
    private static final String PROBLEM = "application/problem+json";
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private AnswerFaults() {}

    /** What is wrong with an answer, in words; none if it keeps to the contract. */
    public static List<String> of(ContractOperation operation, HttpResponse<?> response, String body) {
        int status = response.statusCode();
        Optional<JsonNode> documented = operation.response(status);
        if (documented.isEmpty() || status == INTERNAL_ERROR) {
            return List.of("the contract has no status %d".formatted(status));
        }
        if (status == NO_CONTENT) {
            return List.of();
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (status >= FIRST_ERROR && !operation.path().startsWith("/health") && !type.equals(PROBLEM)) {
            return List.of("a problem has the type '%s'".formatted(type));
        }
        String mediaType = type.split(";", 2)[0];
        JsonNode content = documented.get().path("content").path(mediaType);
        if (content.isMissingNode()) {
            return List.of("the contract has no type '%s' for %d".formatted(mediaType, status));
        }
        return mediaType.endsWith("json") ? faults(operation, content.get("schema"), status, body) : List.of();
    }

    private static List<String> faults(ContractOperation operation, JsonNode schema, int status, String body) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return List.of("no JSON: " + e.getOriginalMessage());
        }
        if (status >= FIRST_ERROR && json.has("title") && json.path("status").asInt() != status) {
            return List.of("a problem of status %d says %s".formatted(status, json.path("status")));
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.setAll((ObjectNode) schema);
        root.set("components", operation.document().get("components"));
        return SCHEMAS.getSchema(root, CONFIG).validate(json).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
