package countinghouse.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.testing.contract.ContractOperation;

/** Values that a schema allows: its own example if it has one, else the least that it asks for. */
record Sample(ContractOperation operation) {
    /** The example of a parameter or media type, or one made from its schema. */
    JsonNode of(JsonNode holder) {
        if (holder.has("example")) {
            return holder.get("example");
        }
        JsonNode json = holder.path("content").path("application/json");
        return fromSchema(json.isMissingNode() ? holder.path("schema") : json.path("schema"));
    }

    private JsonNode fromSchema(JsonNode raw) {
        JsonNode schema = operation.resolved(raw);
        if (schema.has("examples")) {
            return schema.get("examples").get(0);
        }
        if (schema.has("default")) {
            return schema.get("default");
        }
        if (schema.has("enum")) {
            JsonNode choices = schema.get("enum");
            return choices.get(choices.size() - 1);
        }
        if (schema.has("anyOf")) {
            return fromSchema(schema.get("anyOf").get(0));
        }
        return switch (schema.path("type").asText("object")) {
            case "string" -> JsonNodeFactory.instance.textNode(text(schema));
            case "integer", "number" ->
                JsonNodeFactory.instance.numberNode(
                        Math.max(1, schema.path("minimum").asInt(1)));
            case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
            case "array" -> array(schema);
            default -> object(schema);
        };
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date-time" -> "2026-10-01T00:00:00Z";
            case "date" -> "2026-10-01";
            default -> "sample";
        };
    }

    private ArrayNode array(JsonNode schema) {
        return JsonNodeFactory.instance.arrayNode().add(fromSchema(schema.path("items")));
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        schema.path("required")
                .forEach(name -> object.set(
                        name.asText(), fromSchema(schema.path("properties").path(name.asText()))));
        return object;
    }
}
