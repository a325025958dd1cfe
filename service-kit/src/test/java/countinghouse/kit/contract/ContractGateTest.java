package countinghouse.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.SampleProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractGateTest {
    private SampleProcess process;

    @BeforeAll
    void start() {
        process = new SampleProcess(Map.of());
    }

    @AfterAll
    void stop() {
        process.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?limit=100",
                "?since=2026-10-05T00:00:00Z",
                "?since=2026-10-05T00:00:00%2B02:00",
                "?tag=a",
                "?tag=a&tag=b",
                "?filter%5Bx%5D=1&filter%5By%5D=1&filter%5By%5D=2",
                "?query=%7B%22x%22:1%7D",
                "?exact=true",
                "/"
            })
    void shouldTakeWhatTheContractNames(String query) {
        assertThat(process.get("/api/v1/things/abc" + query).body()).isEqualTo("taken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?limit=0 | query | limit",
                "?limit=1.0 | query | limit",
                "?limit=many | query | limit",
                "?limit=99999999999999999999 | query | limit",
                "?limit=1&limit=2 | query | limit",
                "?since=yesterday | query | since",
                "?tag=a&tag=b&tag=c | query | tag",
                "?query=%7B | query | query",
                "?query=%7B%7D | query | query",
                "?exact=perhaps | query | exact",
                "?unknown=1 | query | unknown",
                "?filter=1 | query | filter",
                "?tag=%00 | query | tag"
            })
    void shouldRefuseWhatItDoesNot(String query, String in, String name) throws IOException {
        HttpResponse<String> response = process.get("/api/v1/things/abc" + query.trim());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode error = Json.mapper().readTree(response.body()).get("errors").get(0);
        assertThat(error.get("in").asText()).isEqualTo(in);
        assertThat(error.get("name").asText()).startsWith(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'enum': ['HOUR', 'DAY']} | must be one of HOUR, DAY",
                "{'type': 'string', 'format': 'date-time'} | must be a time such as 2026-10-31T00:00:00Z (RFC 3339)",
                "{'type': 'string', 'format': 'uuid'} | must have the format 'uuid'",
                "{'type': 'integer'} | must be a whole number",
                "{'type': ['boolean', 'null']} | must be true or false or null",
                "{'type': 'object'} | must be an object"
            },
            quoteCharacter = '"')
    void shouldSayWhatWouldBeTaken(String schema, String message) throws IOException {
        JsonNode node = Json.mapper().readTree(schema.replace('\'', '"'));
        SchemaCheck check = new SchemaCheck(node, Json.mapper().createObjectNode());

        assertThat(check.violations("query", "size", TextNode.valueOf("yesterday")))
                .containsExactly(new Violation("query", "size", message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'required': ['user']} | lacks the property 'user'",
                "{'properties': {'n': {}}, 'additionalProperties': false} | has a property 'm' that is not known",
                "{'properties': {'n': {'minimum': 1}}} | must be at least 1",
                "{'properties': {'n': {'maximum': -1}}} | must be at most -1"
            },
            quoteCharacter = '"')
    void shouldSayWhatIsWrongWithAnObjectInWords(String schema, String message) throws IOException {
        JsonNode node = Json.mapper().readTree(schema.replace('\'', '"'));
        SchemaCheck check = new SchemaCheck(node, Json.mapper().createObjectNode());

        assertThat(check.violations("body", "", Json.mapper().readTree("{\"n\":0,\"m\":1}")))
                .extracting(Violation::message)
                .containsExactly(message);
    }

    @Test
    void shouldCheckThePathToo() {
        assertThat(process.get("/api/v1/things/ABC").statusCode()).isEqualTo(400);
        assertThat(process.get("/api/v1/things/%61bc").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeABodyOfItsSchema() {
        assertThat(process.post("/api/v1/things/abc", "application/json", "{\"name\":\"ann\"}")
                        .body())
                .isEqualTo("taken");
        assertThat(process.post("/api/v1/things/abc", "application/json; charset=utf-8", "{\"name\":\"ann\"}")
                        .body())
                .isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"name\":1}",
                "{\"name\":\"too long\"}",
                "{\"name\":\"ann\",\"colour\":\"red\"}",
                "{\"name\":\"ann\",\"size\":1.5}",
                "{\"name\":\"a\\u0000\"}"
            })
    void shouldRefuseABodyOfAnother(String body) {
        HttpResponse<String> response = process.post("/api/v1/things/abc", "application/json", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"in\":\"body\"");
    }

    @Test
    void shouldNameTheTypesThatABodyMayHave() {
        HttpResponse<String> response = process.post("/api/v1/things/abc", "text/plain", "{\"name\":\"ann\"}");

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("application/json");
    }

    @Test
    void shouldTellStrangersNothingOfTheContract() {
        HttpResponse<String> response = process.send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/api/v1/things/ABC?limit=0".formatted(process.port()))));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    @Test
    void shouldServeTheContractThatItEnforces() throws IOException {
        JsonNode served =
                Json.mapper().readTree(process.get("/api/v1/openapi.json").body());

        assertThat(served.at("/paths/~1api~1v1~1things~1{id}/get").isObject()).isTrue();
        assertThat(served.at("/paths/~1metrics/get").isObject()).isTrue();
        assertThat(served.at("/components/schemas/Problem/type").asText())
                .as("what the base part defines")
                .isEqualTo("object");
        assertThat(served.at("/paths/~1api~1v1~1things~1{id}/post/responses").properties())
                .extracting(Map.Entry::getKey)
                .as("what the gate itself can answer")
                .contains("200", "400", "401", "403", "413", "415", "429", "503");
        assertThat(process.get("/api/v1/openapi.yaml").headers().firstValue("Content-Type"))
                .hasValue("application/yaml");
    }

    @Test
    void shouldRefusePartsThatContradictEachOther(@TempDir Path folder) throws IOException {
        Path part = Files.writeString(folder.resolve("part.yaml"), """
                paths: { /metrics: { get: { summary: Something else } } }
                """);

        assertThatThrownBy(() -> Contract.assemble(List.of(part.toUri().toURL())))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("'get'");
    }

    @Test
    void shouldRefuseReferencesThatLeadNowhere(@TempDir Path folder) throws IOException {
        Path part = Files.writeString(folder.resolve("part.yaml"), """
                paths: { /x: { get: { parameters: [{ $ref: '#/components/parameters/Lost' }] } } }
                """);

        assertThatThrownBy(() -> Contract.assemble(List.of(part.toUri().toURL())))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("Lost");
    }
}
