package countinghouse.kit.contract;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One method of one path of the contract. */
public final class Operation {
    private static final String QUERY = "query";

    private final String method;
    private final PathTemplate path;
    private final List<ParameterRule> parameters;
    private final BodyRule body;

    Operation(String method, PathTemplate path, List<ParameterRule> parameters, BodyRule body) {
        this.method = method;
        this.path = path;
        this.parameters = List.copyOf(parameters);
        this.body = body;
    }

    public String method() {
        return method;
    }

    /** The path as the contract writes it, with {@code {name}} for parameters. */
    public String path() {
        return path.text();
    }

    PathTemplate template() {
        return path;
    }

    /** Empty if no body may be sent. */
    Optional<BodyRule> body() {
        return Optional.ofNullable(body);
    }

    /** Whether the query string may have a parameter of this name. */
    boolean hasQueryParameter(String name) {
        // No stream: this runs for every parameter of every request.
        for (ParameterRule rule : parameters) {
            if (rule.isIn(QUERY) && rule.covers(name)) {
                return true;
            }
        }
        return false;
    }

    /** How the parameters of a request break the contract. */
    List<Violation> violations(HttpServerRequest request, MultiMap query, List<String> segments) {
        Map<String, String> pathValues = path.parameters(segments);
        ParameterTexts inPath = new ParameterTexts(
                pathValues.keySet(), name -> pathValues.containsKey(name) ? List.of(pathValues.get(name)) : List.of());
        ParameterTexts inQuery = new ParameterTexts(query.names(), query::getAll);
        ParameterTexts inHeader = new ParameterTexts(List.of(), request.headers()::getAll);
        List<Violation> violations = new ArrayList<>();
        for (ParameterRule rule : parameters) {
            ParameterTexts texts = rule.isIn(QUERY) ? inQuery : rule.isIn("path") ? inPath : inHeader;
            violations.addAll(rule.violations(texts));
        }
        violations.addAll(unknown(query));
        return violations;
    }

    /** What would be ignored is refused: a filter that is overlooked gives a wrong number. */
    private List<Violation> unknown(MultiMap query) {
        if (query.isEmpty()) {
            return List.of();
        }
        Set<String> unknown = new TreeSet<>();
        for (String name : query.names()) {
            if (!hasQueryParameter(name)) {
                unknown.add(name);
            }
        }
        return unknown.stream()
                .map(name -> new Violation(QUERY, name, unknown()))
                .toList();
    }

    private String unknown() {
        Set<String> known = queryNames();
        return known.isEmpty() ? "is not known; there are none" : "is not known; known are %s".formatted(known);
    }

    private Set<String> queryNames() {
        Set<String> names = new LinkedHashSet<>();
        parameters.stream()
                .filter(rule -> rule.isIn(QUERY))
                .map(ParameterRule::name)
                .forEach(names::add);
        return names;
    }
}
