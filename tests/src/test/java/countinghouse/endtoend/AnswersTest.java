package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.testing.contract.AnswerFaults;
import countinghouse.testing.contract.ContractOperation;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every question of the contract, asked of a played day, where there is something to answer with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PlayedDayExtension.class)
class AnswersTest {
    private static final int OK = 200;
    /** Endless, or not of the API. */
    private static final Set<String> NOT_ASKED = Set.of("/api/v1/live", "/api/v1/openapi.json", "/api/v1/openapi.yaml");

    private final HttpClient client = HttpClient.newHttpClient();
    private URI api;
    private String token;

    @BeforeAll
    void lookAt(PlayedDay day) {
        api = day.api();
        token = day.countinghouse().run("token", "--role", "admin").output().strip();
    }

    @Test
    void shouldAnswerEveryQuestionAboutADayAsTheContractSays() {
        Map<String, List<String>> values = valuesOfTheDay();
        List<ContractOperation> operations = ContractOperation.of(json("/api/v1/openapi.json"));
        SoftAssertions softly = new SoftAssertions();
        Set<String> asked = new TreeSet<>();
        for (ContractOperation operation : operations) {
            if (operation.method().equals("GET")
                    && operation.path().startsWith("/api/v1/")
                    && !NOT_ASKED.contains(operation.path())) {
                for (String target : targets(operation, values)) {
                    HttpResponse<String> answer = get(target);
                    softly.assertThat(answer.statusCode())
                            .as("%s: %s", target, answer.body())
                            .isEqualTo(OK);
                    softly.assertThat(AnswerFaults.of(operation, answer, answer.body()))
                            .as("%s: %s", target, cut(answer.body()))
                            .isEmpty();
                    asked.add(operation.path());
                }
            }
        }
        softly.assertAll();
        assertThat(asked).hasSizeGreaterThan(30);
    }

    /** What stands for the parameters of paths and queries. */
    private Map<String, List<String>> valuesOfTheDay() {
        Map<String, List<String>> values = new HashMap<>();
        List<JsonNode> accounts = list("/api/v1/accounts?limit=100", "data");
        values.put("account", oneOfEachTier(accounts));
        values.put("slug", List.of("views", "unique_viewers"));
        values.put("key", List.of("video_id"));
        values.put("meter", List.of("views"));
        values.put("subject", List.of("creator-001"));
        values.put("number", List.of("1"));
        values.put("n", List.of("1"));
        JsonNode invoice = list("/api/v1/invoices?limit=1", "data").get(0);
        values.put("invoices", List.of(invoice.path("id").asText()));
        values.put("payouts", List.of(first("/api/v1/payouts?limit=1", "data", "id")));
        values.put(
                "period",
                List.of(invoice.path("from").asText() + "/" + invoice.path("to").asText()));
        values.put("from", List.of(invoice.path("from").asText()));
        values.put("to", List.of(invoice.path("to").asText()));
        values.put("runId", List.of(first("/api/v1/reconciliation", "runs", "runId")));
        values.put("partition", List.of(first("/api/v1/quarantine?limit=1", "data", "partition")));
        values.put("offset", List.of(first("/api/v1/quarantine?limit=1", "data", "offset")));
        values.put("videos", List.of("v1"));
        return values;
    }

    private static List<String> oneOfEachTier(List<JsonNode> accounts) {
        Map<String, String> byTier = new HashMap<>();
        accounts.forEach(account -> byTier.putIfAbsent(
                account.at("/tiers/0/tier").asText(), account.path("account").asText()));
        assertThat(byTier).hasSize(4);
        return List.copyOf(byTier.values());
    }

    /** The operation's address with every value of its path, and the first of what its query needs. */
    private static List<String> targets(ContractOperation operation, Map<String, List<String>> values) {
        List<String> targets = List.of(operation.path());
        for (String name : operation.parameters("path").keySet()) {
            String collection = operation.path().split("/")[3];
            List<String> known = values.get(name.equals("id") ? collection : name);
            List<String> filled = new ArrayList<>();
            targets.forEach(
                    target -> known.forEach(value -> filled.add(target.replace("{" + name + "}", encoded(value)))));
            targets = filled;
        }
        StringBuilder query = new StringBuilder();
        operation.parameters("query").forEach((name, parameter) -> {
            if (parameter.path("required").asBoolean()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(values.get(name).get(0)));
            }
        });
        return targets.stream().map(target -> target + query).toList();
    }

    private String first(String target, String list, String field) {
        return list(target, list).get(0).path(field).asText();
    }

    private List<JsonNode> list(String target, String name) {
        List<JsonNode> found = StreamSupport.stream(json(target).path(name).spliterator(), false)
                .toList();
        assertThat(found).as(target).isNotEmpty();
        return found;
    }

    private JsonNode json(String target) {
        try {
            return Json.mapper().readTree(get(target).body());
        } catch (IOException e) {
            throw new AssertionError(target, e);
        }
    }

    private HttpResponse<String> get(String target) {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(target))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(target, e);
        }
    }

    private static String cut(String body) {
        return body.substring(0, Math.min(800, body.length()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
