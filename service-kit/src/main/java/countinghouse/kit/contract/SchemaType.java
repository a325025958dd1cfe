package countinghouse.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** The type of a parameter's schema, as far as the texts of a URL can be read by it. */
final class SchemaType {
    private static final String LOCAL = "#/";

    private SchemaType() {}

    /** {@code string} where a schema names none; references are followed. */
    static String of(JsonNode schema, JsonNode components) {
        JsonNode reference = schema.path("$ref");
        if (reference.isMissingNode()) {
            return schema.path("type").asText("string");
        }
        String text = reference.asText();
        if (!text.startsWith(LOCAL + "components/")) {
            throw new ContractException("The reference '%s' leads out of the contract".formatted(text));
        }
        JsonNode target = components.at(text.substring((LOCAL + "components").length()));
        if (target.isMissingNode()) {
            throw new ContractException("The reference '%s' leads nowhere".formatted(text));
        }
        return of(target, components);
    }
}
