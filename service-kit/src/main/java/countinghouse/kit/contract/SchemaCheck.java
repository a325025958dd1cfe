package countinghouse.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Checks values against one schema of the contract (JSON Schema 2020-12, as of OpenAPI 3.1). */
final class SchemaCheck {
    private static final int MAX_MESSAGES = 10;
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .locale(Locale.ENGLISH)
            .build();

    private final JsonNode node;
    private final JsonSchema schema;
    private final Optional<PlainSchema> plain;

    /**
     * @param node the schema as the contract has it
     * @param components what its references lead to
     */
    SchemaCheck(JsonNode node, JsonNode components) {
        this.node = node;
        // References of the contract start at its root, so a schema is read as the root of a document with the same
        // components.
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.setAll((ObjectNode) node);
        root.set("components", components);
        this.schema = FACTORY.getSchema(root, CONFIG);
        this.plain = PlainSchema.of(node, components);
    }

    /** The schema's own text; references are not resolved. */
    JsonNode node() {
        return node;
    }

    /** What is wrong with a value, at most ten of it, in the order of their places. */
    List<Violation> violations(String in, String prefix, JsonNode value) {
        if (UnstorableText.isIn(value)) {
            return List.of(new Violation(in, prefix, UnstorableText.MESSAGE));
        }
        if (plain.isPresent() && plain.get().accepts(value)) {
            return List.of();
        }
        return schema.validate(value).stream()
                .sorted(Comparator.comparing(message -> message.getInstanceLocation() + message.getMessage()))
                .limit(MAX_MESSAGES)
                .map(message -> new Violation(in, prefix + message.getInstanceLocation(), text(message)))
                .toList();
    }

    private static String text(ValidationMessage message) {
        JsonNode rule = message.getSchemaNode();
        return switch (String.valueOf(message.getType())) {
            case "enum" -> "must be one of " + listed(rule);
            case "format" ->
                rule.asText().equals("date-time")
                        ? "must be a time such as 2026-10-31T00:00:00Z (RFC 3339)"
                        : "must have the format '%s'".formatted(rule.asText());
            case "required" -> "lacks the property '%s'".formatted(message.getProperty());
            case "additionalProperties" -> "has a property '%s' that is not known".formatted(message.getProperty());
            case "type" -> "must be " + type(rule);
            case "minimum" -> "must be at least " + rule.asText();
            case "maximum" -> "must be at most " + rule.asText();
            default -> withoutPlace(message);
        };
    }

    /** One type or several. */
    private static String type(JsonNode rule) {
        return rule.isArray()
                ? StreamSupport.stream(rule.spliterator(), false)
                        .map(SchemaCheck::type)
                        .collect(Collectors.joining(" or "))
                : switch (rule.asText()) {
                    case "integer" -> "a whole number";
                    case "boolean" -> "true or false";
                    case "array", "object" -> "an " + rule.asText();
                    case "null" -> "null";
                    default -> "a " + rule.asText();
                };
    }

    private static String listed(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    private static String withoutPlace(ValidationMessage message) {
        String place = message.getInstanceLocation() + ": ";
        String text = message.getMessage();
        return text.startsWith(place) ? text.substring(place.length()) : text;
    }
}
