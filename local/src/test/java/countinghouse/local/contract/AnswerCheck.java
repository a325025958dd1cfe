package countinghouse.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.net.http.HttpResponse;

/** Whether an answer is one that the contract has. */
final class AnswerCheck {
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private AnswerCheck() {}

    static void check(ContractOperation operation, HttpResponse<?> response, String body, String request) {
        int status = response.statusCode();
        String description =
                "%s%nanswered %d %s".formatted(request, status, body.substring(0, Math.min(500, body.length())));
        JsonNode documented = operation.response(status).orElse(null);
        assertThat(documented)
                .as("the contract has no such status: " + description)
                .isNotNull();
        assertThat(status).as(description).isNotEqualTo(500);
        if (status == 204) {
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (status >= 400 && !operation.path().startsWith("/health")) {
            assertThat(type).as(description).isEqualTo("application/problem+json");
            assertThat(parse(body, description).path("status").asInt())
                    .as(description)
                    .isEqualTo(status);
        }
        String mediaType = type.split(";", 2)[0];
        JsonNode content = documented.path("content").path(mediaType);
        assertThat(content.isMissingNode())
                .as("the contract has no such type '%s': %s", mediaType, description)
                .isFalse();
        if (mediaType.endsWith("json")) {
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            root.setAll((ObjectNode) content.get("schema"));
            root.set("components", operation.document().get("components"));
            assertThat(SCHEMAS.getSchema(root, CONFIG).validate(parse(body, description)))
                    .as(description)
                    .isEmpty();
        }
    }

    private static JsonNode parse(String body, String description) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + description, e);
        }
    }
}
