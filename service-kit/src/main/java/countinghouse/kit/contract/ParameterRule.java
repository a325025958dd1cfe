package countinghouse.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What the contract says of one parameter. */
final class ParameterRule {
    private final String name;
    private final String in;
    private final boolean required;
    private final ParameterStyle style;
    private final SchemaCheck schema;

    ParameterRule(JsonNode parameter, JsonNode components) {
        name = parameter.path("name").asText();
        in = parameter.path("in").asText();
        required = parameter.path("required").asBoolean(false);
        JsonNode json = parameter.path("content").path("application/json").path("schema");
        JsonNode node = json.isMissingNode() ? parameter.path("schema") : json;
        if (name.isEmpty() || in.isEmpty() || !node.isObject()) {
            throw new ContractException("A parameter needs a name, a place and a schema: %s".formatted(parameter));
        }
        schema = new SchemaCheck(node, components);
        style = ParameterStyle.of(parameter, SchemaType.of(node, components));
    }

    String name() {
        return name;
    }

    boolean isIn(String place) {
        return in.equals(place);
    }

    /** Whether a name of a query string belongs to this parameter. */
    boolean covers(String queryName) {
        return style == ParameterStyle.MEMBERS
                ? queryName.startsWith(name + "[") && queryName.endsWith("]")
                : queryName.equals(name);
    }

    List<Violation> violations(ParameterTexts texts) {
        if (!texts.has(name, style)) {
            return required ? List.of(new Violation(in, name, "is missing")) : List.of();
        }
        try {
            return schema.violations(in, name, style.read(name, texts, schema.node()));
        } catch (IllegalArgumentException e) {
            return List.of(new Violation(in, name, e.getMessage()));
        }
    }
}
