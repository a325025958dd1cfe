package countinghouse.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What any operation can answer, because the process answers it before the operation is reached. */
final class CommonResponses {
    private static final String RESPONSES = "responses";
    private static final String PROBLEM = "#/components/responses/Problem";
    private static final List<String> ALL = List.of("400", "414", "429", "431");
    private static final List<String> WITH_TOKEN = List.of("401", "403", "503");
    private static final List<String> WITH_BODY = List.of("413", "415");

    private CommonResponses() {}

    /** Adds those that an operation does not have yet. */
    static void addTo(ObjectNode operation) {
        List<String> statuses = new ArrayList<>(ALL);
        JsonNode security = operation.path("security");
        if (security.isMissingNode() || !security.isEmpty()) {
            statuses.addAll(WITH_TOKEN);
        }
        if (operation.has("requestBody")) {
            statuses.addAll(WITH_BODY);
        }
        ObjectNode responses = operation.withObjectProperty(RESPONSES);
        statuses.stream()
                .filter(status -> !responses.has(status))
                .forEach(status -> responses.putObject(status).put("$ref", PROBLEM));
    }
}
