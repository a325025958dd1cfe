package countinghouse.serving.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a request by name, from a query string or from a JSON body of the same names. */
final class Parameters {
    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    static Parameters ofQueryString(MultiMap query) {
        Map<String, List<String>> values = new HashMap<>();
        query.names().forEach(name -> values.put(name, query.getAll(name)));
        return new Parameters(values);
    }

    static Parameters of(String name, String value) {
        return new Parameters(Map.of(name, List.of(value)));
    }

    /** Arrays become repeated parameters; the members of an object become {@code name[member]}. */
    static Parameters ofJson(String body) {
        JsonNode root = tree(body == null || body.isBlank() ? "{}" : body);
        Parameters parameters = new Parameters(new HashMap<>());
        root.properties().forEach(member -> parameters.add(member.getKey(), member.getValue()));
        return parameters;
    }

    private static JsonNode tree(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY, "This is not JSON: %s".formatted(e.getOriginalMessage()));
        }
    }

    private void add(String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> add(name, element));
        } else if (value.isObject()) {
            value.properties().forEach(member -> add("%s[%s]".formatted(name, member.getKey()), member.getValue()));
        } else if (!value.isNull()) {
            values.computeIfAbsent(name, absent -> new ArrayList<>()).add(value.asText());
        }
    }

    /**
     * The value of a parameter that may stand once.
     *
     * @throws ProblemException if it is repeated
     */
    Optional<String> single(String name) {
        List<String> all = all(name);
        if (all.size() > 1) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY, "The parameter '%s' may stand only once".formatted(name));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(0));
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The members of an object parameter, {@code name[member]=value}. */
    Map<String, Set<String>> members(String name) {
        Map<String, Set<String>> members = new HashMap<>();
        values.forEach((key, texts) -> {
            if (key.startsWith(name + "[") && key.endsWith("]")) {
                members.put(key.substring(name.length() + 1, key.length() - 1), Set.copyOf(texts));
            }
        });
        return members;
    }

    /** A parameter whose text is JSON, taken apart as if it had come in a body. */
    Parameters expanded(String name) {
        Optional<String> text = single(name);
        if (text.isEmpty()) {
            return this;
        }
        Parameters expanded = new Parameters(new HashMap<>(values));
        expanded.values.remove(name);
        expanded.add(name, tree(text.get()));
        return expanded;
    }
}
