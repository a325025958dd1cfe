package countinghouse.kit.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import countinghouse.kit.http.Json;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The HTTP interface of a process as OpenAPI 3.1: what is served as documentation is what requests are checked against. */
public final class Contract {
    private static final URL BASE = Contract.class.getResource("/openapi/base.yaml");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<Kind, List<Operation>> byKind;

    /** What is quickly told of a request's operation. */
    private record Kind(String method, int segments) {}

    private Contract(JsonNode document) {
        this.document = document;
        document.path("paths").properties().forEach(path -> addOperations(path.getKey(), path.getValue()));
        operations.sort(
                Comparator.comparingLong(operation -> -operation.template().fixedSegments()));
        byKind = operations.stream()
                .collect(Collectors.groupingBy(operation -> new Kind(
                        operation.method(), operation.template().segments().size())));
    }

    /**
     * The contract of a process.
     *
     * @param parts of its roles
     * @throws ContractException if they do not fit together
     */
    public static Contract assemble(Collection<URL> parts) {
        ContractParts assembled = new ContractParts(BASE);
        parts.forEach(assembled::add);
        assembled.whole().path("paths").forEach(path -> path.properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> CommonResponses.addTo((ObjectNode) member.getValue())));
        return new Contract(assembled.whole());
    }

    /** Every operation. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    Optional<Operation> operation(String method, List<String> segments) {
        // No stream: this runs for every request.
        for (Operation operation : byKind.getOrDefault(new Kind(method, segments.size()), List.of())) {
            if (operation.template().matches(segments)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    public String json() {
        return Json.text(document);
    }

    public String yaml() {
        try {
            return new YAMLMapper().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new ContractException("The contract cannot be written", e);
        }
    }

    private void addOperations(String path, JsonNode item) {
        PathTemplate template = PathTemplate.of(path);
        item.properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> operations.add(new Operation(
                        member.getKey().toUpperCase(Locale.ROOT),
                        template,
                        parameters(item, member.getValue()),
                        member.getValue().has("requestBody")
                                ? new BodyRule(
                                        resolved(member.getValue().get("requestBody")), document.path("components"))
                                : null)));
    }

    /** An operation's own parameters replace those of its path. */
    private List<ParameterRule> parameters(JsonNode item, JsonNode operation) {
        Map<String, ParameterRule> rules = new LinkedHashMap<>();
        for (JsonNode level : List.of(item, operation)) {
            for (JsonNode parameter : level.path("parameters")) {
                JsonNode node = resolved(parameter);
                rules.put(
                        node.path("in").asText() + " " + node.path("name").asText(),
                        new ParameterRule(node, document.path("components")));
            }
        }
        return List.copyOf(rules.values());
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        if (reference.isMissingNode()) {
            return node;
        }
        JsonNode target = document.at(reference.asText().substring(1));
        if (target.isMissingNode()) {
            throw new ContractException("The reference '%s' leads nowhere".formatted(reference.asText()));
        }
        return resolved(target);
    }
}
