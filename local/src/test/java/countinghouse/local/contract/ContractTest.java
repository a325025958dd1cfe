package countinghouse.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.health.Health;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.kit.tracing.Tracing;
import countinghouse.testing.contract.AnswerFaults;
import countinghouse.testing.contract.ContractOperation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole HTTP interface against its own contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(WholeApiExtension.class)
class ContractTest {
    private static final long SEED = 20261126;
    private static final int BAD_REQUESTS_EACH = Boolean.getBoolean("countinghouse.full") ? 500 : 15;

    private WholeApi api;

    @BeforeAll
    void start(WholeApi running) {
        api = running;
    }

    @Test
    void shouldDescribeExactlyTheRoutesThatExist() throws Exception {
        Set<String> described = api.operations().stream()
                .filter(operation -> !operation.path().contains("/openapi."))
                .filter(operation -> operation.path().startsWith("/api/"))
                .map(ContractOperation::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(mountedRoutes()).isEqualTo(described);
    }

    @Test
    void shouldDescribeEveryAnswerDownToItsFields() {
        SoftAssertions softly = new SoftAssertions();
        for (ContractOperation operation : api.operations()) {
            operation.node().path("responses").properties().forEach(response -> operation
                    .resolved(response.getValue())
                    .path("content")
                    .properties()
                    .forEach(content -> softly.assertThat(
                                    undescribed(operation, content.getValue().path("schema"), new HashSet<>()))
                            .as("%s %s %s", operation.name(), response.getKey(), content.getKey())
                            .isEmpty()));
        }
        softly.assertAll();
    }

    /** Objects of which a schema says nothing: neither their fields nor that they may have any. */
    private static List<JsonNode> undescribed(ContractOperation operation, JsonNode raw, Set<JsonNode> seen) {
        JsonNode schema = operation.resolved(raw);
        if (!seen.add(schema)) {
            return List.of();
        }
        List<JsonNode> found = new ArrayList<>();
        boolean says = Stream.of("properties", "additionalProperties", "allOf", "oneOf", "anyOf")
                .anyMatch(schema::has);
        if (schema.path("type").asText().equals("object") && !says) {
            found.add(schema);
        }
        List<JsonNode> parts = new ArrayList<>();
        for (String several : List.of("properties", "allOf", "oneOf", "anyOf")) {
            schema.path(several).forEach(parts::add);
        }
        for (String single : List.of("items", "additionalProperties")) {
            parts.add(schema.path(single));
        }
        parts.stream().filter(JsonNode::isObject).forEach(part -> found.addAll(undescribed(operation, part, seen)));
        return found;
    }

    @Test
    void shouldAnswerItsOwnExamplesAndBadRequestsAsItSays() {
        List<ContractOperation> operations = api.operations().stream()
                .sorted(Comparator.comparing(ContractOperation::name))
                .toList();
        assertThat(operations).hasSizeGreaterThan(30);
        BadRequests bad = new BadRequests(SEED);
        SoftAssertions softly = new SoftAssertions();
        for (ContractOperation operation : operations) {
            softly.check(() -> send(operation, ApiRequest.example(operation)));
            for (int n = 0; n < BAD_REQUESTS_EACH; n++) {
                ApiRequest request = ApiRequest.example(operation);
                bad.spoil(request, operation);
                softly.check(() -> send(operation, request));
            }
        }
        softly.assertAll();
    }

    private void send(ContractOperation operation, ApiRequest request) {
        if (!operation.isPublic()) {
            request.headers.put("Authorization", "Bearer " + api.token(AccessRole.ADMIN, operation));
        }
        WholeApi.Answer answer = api.send(request.build(api.base()));
        assertThat(AnswerFaults.of(operation, answer.response(), answer.body()))
                .as(
                        "%s%nanswered %d %s",
                        request,
                        answer.status(),
                        answer.body().substring(0, Math.min(500, answer.body().length())))
                .isEmpty();
    }

    private static Set<String> mountedRoutes() throws Exception {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        Tokens tokens = new Tokens(vertx, TokenConfig.from(WholeApi.settings()));
        ProcessContext context = new ProcessContext(
                WholeApi.settings(),
                vertx,
                router,
                new Access(tokens),
                tokens,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Tracing.off(),
                new Health());
        Set<String> routes = new TreeSet<>();
        for (ProcessRole role : WholeApi.roles()) {
            try (AutoCloseable started = role.start(context)) {
                assertThat(started).isNotNull();
            }
        }
        for (Route route : router.getRoutes()) {
            // A path with parameters is kept as its pattern; the name is the path as it was given.
            String path = route.getName().replaceAll(":([A-Za-z]+)", "{$1}");
            if (path.startsWith("/api/")) {
                route.methods().forEach(method -> routes.add(method.name() + " " + path));
            }
        }
        vertx.close().await();
        return routes;
    }
}
