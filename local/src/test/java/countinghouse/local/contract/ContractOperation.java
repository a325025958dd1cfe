package countinghouse.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation of a served contract, as a client reads it. */
record ContractOperation(String method, String path, JsonNode node, JsonNode item, JsonNode document) {
    private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

    static List<ContractOperation> of(JsonNode document) {
        List<ContractOperation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> operations.add(new ContractOperation(
                        member.getKey().toUpperCase(java.util.Locale.ROOT),
                        path.getKey(),
                        member.getValue(),
                        path.getValue(),
                        document))));
        return operations;
    }

    String name() {
        return method + " " + path;
    }

    boolean isPublic() {
        return node.has("security") && node.get("security").isEmpty();
    }

    /** The parameters in a place, by name. */
    Map<String, JsonNode> parameters(String in) {
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
    JsonNode jsonBody() {
        return resolved(node.path("requestBody")).path("content").path("application/json");
    }

    /** The response that the contract has for a status. */
    Optional<JsonNode> response(int status) {
        JsonNode response = node.path("responses").path(Integer.toString(status));
        return response.isMissingNode() ? Optional.empty() : Optional.of(resolved(response));
    }

    JsonNode resolved(JsonNode raw) {
        return raw.has("$ref") ? resolved(document.at(raw.get("$ref").asText().substring(1))) : raw;
    }
}
