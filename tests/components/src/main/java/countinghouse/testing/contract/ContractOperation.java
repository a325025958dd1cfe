package countinghouse.testing.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One operation of a served contract, as a client reads it. */
public record ContractOperation(String method, String path, JsonNode node, JsonNode item, JsonNode document) {
    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

    /** Every operation of a contract. */
    public static List<ContractOperation> of(JsonNode document) {
        List<ContractOperation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> operations.add(new ContractOperation(
                        member.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        member.getValue(),
                        path.getValue(),
                        document))));
        return operations;
    }

    public String name() {
        return method + " " + path;
    }

    public boolean isPublic() {
        return node.has("security") && node.get("security").isEmpty();
    }

    /** The parameters in a place, by name. */
    public Map<String, JsonNode> parameters(String in) {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (JsonNode level : List.of(item.path("parameters"), node.path("parameters"))) {
            level.forEach(raw -> {
                JsonNode parameter = resolved(raw);
                if (parameter.get("in").asText().equals(in)) {
                    parameters.put(parameter.get("name").asText(), parameter);
                }
            });
        }
        return parameters;
    }

    /** What may be sent as JSON; missing if nothing may. */
    public JsonNode jsonBody() {
        return resolved(node.path("requestBody")).path("content").path("application/json");
    }

    /** The response that the contract has for a status. */
    public Optional<JsonNode> response(int status) {
        JsonNode response = node.path("responses").path(Integer.toString(status));
        return response.isMissingNode() ? Optional.empty() : Optional.of(resolved(response));
    }

    public JsonNode resolved(JsonNode raw) {
        return raw.has("$ref") ? resolved(document.at(raw.get("$ref").asText().substring(1))) : raw;
    }
}
