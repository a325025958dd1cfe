package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.plan.Fields;
import countinghouse.kit.http.Json;

/**
 * What the engine may know of an example: the model and its inputs, and nothing of the expected amount.
 *
 * @param model name of the model
 * @param tiers an array; may be empty
 * @param quantity a text, an array or an object, depending on the model
 * @param params an object; may be empty
 */
record Example(String model, JsonNode tiers, JsonNode quantity, ObjectNode params) {
    /** Takes the inputs out of an example; any field that is not of the format is an error. */
    static Example of(JsonNode node) {
        Fields fields = new Fields(node, "The example");
        Example example = new Example(
                fields.text("model"),
                fields.find("tiers").orElseGet(Json.mapper()::createArrayNode),
                fields.node("quantity"),
                fields.find("params").map(params -> (ObjectNode) params).orElseGet(Json.mapper()::createObjectNode));
        for (String other : new String[] {"id", "source", "expected_amount", "note", "basis"}) {
            fields.find(other);
        }
        fields.finish();
        return example;
    }
}
