package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.plan.Fields;
import countinghouse.billing.rating.RatingException;
import countinghouse.kit.http.Json;
import java.util.List;

/**
 * What the engine may know of an example: the model and its inputs, and nothing of the expected amount. Numbers are texts, however the
 * file writes them; the parser keeps every digit.
 *
 * @param model name of the model
 * @param tiers an array; may be empty
 * @param quantity a text, an array or an object, depending on the model
 * @param params an object; may be empty
 */
record Example(String model, JsonNode tiers, JsonNode quantity, ObjectNode params) {
    /** Fields that are for people. */
    private static final List<String> OUTSIDE = List.of("id", "source", "expected_amount", "note", "basis");

    /** Takes the inputs out of an example; any field that is not of the format is an error. */
    static Example of(JsonNode node) {
        Fields fields = new Fields(node, "The example");
        Example example = new Example(
                fields.text("model"),
                fields.find("tiers").map(Example::texts).orElseGet(Json.mapper()::createArrayNode),
                texts(fields.node("quantity")),
                fields.find("params")
                        .map(Example::texts)
                        .map(Example::object)
                        .orElseGet(Json.mapper()::createObjectNode));
        OUTSIDE.forEach(fields::find);
        fields.finish();
        if (!example.tiers.isArray()) {
            throw new RatingException("The tiers must be an array, not %s".formatted(example.tiers));
        }
        return example;
    }

    private static ObjectNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new RatingException("The params must be an object, not %s".formatted(node));
        }
        return (ObjectNode) node;
    }

    private static JsonNode texts(JsonNode node) {
        if (node.isNumber()) {
            return Json.mapper().getNodeFactory().textNode(node.decimalValue().toString());
        }
        if (node.isArray()) {
            ArrayNode array = Json.mapper().createArrayNode();
            node.forEach(element -> array.add(texts(element)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = Json.mapper().createObjectNode();
            node.properties().forEach(member -> object.set(member.getKey(), texts(member.getValue())));
            return object;
        }
        return node;
    }
}
