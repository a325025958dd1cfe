package countinghouse.billing.books;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import countinghouse.billing.api.BillingRole;
import countinghouse.kit.contract.Contract;
import countinghouse.kit.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds answers of the running API against the contract: their status is described, and their body keeps to its schema. */
public final class ContractedAnswers {
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode contract;

    public ContractedAnswers() {
        try {
            contract = Json.mapper()
                    .readTree(Contract.assemble(
                                    List.of(new BillingRole().contract().orElseThrow()))
                            .json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Fails if an answer is not one that the contract allows.
     *
     * @param path without the query
     */
    public void check(String method, String path, int status, JsonNode body) {
        JsonNode response = resolve(operation(method, path).path("responses").path(Integer.toString(status)));
        assertThat(response.isMissingNode())
                .as("%s %s may answer %d", method, path, status)
                .isFalse();
        JsonNode schema = response.at(
                "/content/%s/schema".formatted(status < 400 ? "application~1json" : "application~1problem+json"));
        assertThat(schema.isMissingNode())
                .as("%s %s describes the body of %d", method, path, status)
                .isFalse();
        ObjectNode root = Json.mapper().createObjectNode();
        root.setAll((ObjectNode) schema);
        root.set("components", contract.path("components"));
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(true)
                .locale(Locale.ENGLISH)
                .build();
        assertThat(FACTORY.getSchema(root, config).validate(body))
                .as("%s %s: %s", method, path, body)
                .isEmpty();
    }

    private JsonNode operation(String method, String path) {
        for (Map.Entry<String, JsonNode> described : contract.path("paths").properties()) {
            if (path.matches(described.getKey().replaceAll("\\{[^}]+}", "[^/]+"))
                    && described.getValue().has(method.toLowerCase(Locale.ROOT))) {
                return described.getValue().path(method.toLowerCase(Locale.ROOT));
            }
        }
        throw new AssertionError("The contract does not have %s %s".formatted(method, path));
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
    }
}
