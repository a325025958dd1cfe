package countinghouse.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSchemaTest {
    private static final List<String> VALUES = List.of(
            "\"\"",
            "\"a\"",
            "\"ab\"",
            "\"abc\"",
            "\"\uD83D\uDE00\uD83D\uDE00\"",
            "7",
            "null",
            "true",
            "{}",
            "[]",
            "[\"a\"]",
            "[\"\"]",
            "[\"ab\",\"abc\"]",
            "[\"a\",\"b\",\"c\"]",
            "[1]",
            "[[\"a\"]]");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\"}",
                "{\"type\":\"string\",\"minLength\":1,\"maxLength\":2}",
                "{\"type\":\"array\",\"maxItems\":2,\"items\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":2}}",
                "{\"type\":\"array\",\"minItems\":1,\"items\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}",
                "{\"$ref\":\"#/components/schemas/Short\"}"
            })
    void shouldAcceptWhatTheValidatorAcceptsAndNothingElse(String text) throws IOException {
        JsonNode schema = Json.mapper().readTree(text);
        JsonNode components = Json.mapper().readTree("{\"schemas\":{\"Short\":{\"type\":\"string\",\"maxLength\":2}}}");
        PlainSchema plain = PlainSchema.of(schema, components).orElseThrow();
        JsonNode whole = schema.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) whole).set("components", components);
        var validator = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);

        for (String value : VALUES) {
            JsonNode node = Json.mapper().readTree(value);
            assertThat(plain.accepts(node))
                    .as("%s by %s", value, text)
                    .isEqualTo(validator.validate(node).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\",\"pattern\":\"a\"}",
                "{\"type\":\"string\",\"format\":\"date-time\"}",
                "{\"type\":\"string\",\"enum\":[\"a\"]}",
                "{\"type\":[\"string\",\"null\"]}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"a\"}}",
                "{\"type\":\"array\"}",
                "{\"type\":\"integer\"}",
                "{}"
            })
    void shouldLeaveAnySchemaThatSaysMoreToTheValidator(String text) throws IOException {
        assertThat(PlainSchema.of(Json.mapper().readTree(text), JsonNodeFactory.instance.objectNode()))
                .isEmpty();
    }

    @Test
    void shouldKnowTheParametersOfThisProcess() {
        JsonNode schema = JsonNodeFactory.instance
                .objectNode()
                .put("type", "string")
                .put("maxLength", 100)
                .put("description", "Name of a meter");

        assertThat(PlainSchema.of(schema, JsonNodeFactory.instance.objectNode()))
                .contains(new PlainSchema(null, 0, 100));
    }
}
