package countinghouse.metering.meter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the predicate tree of a meter: {@code {property, in|equals|exists}}, {@code {all|any: [..]}} or {@code {not: ..}}. */
final class PredicateYaml {
    private PredicateYaml() {}

    static Predicate predicate(String slug, JsonNode node) {
        if (node.has("all")) {
            return new Predicate.All(predicates(slug, node, "all"));
        }
        if (node.has("any")) {
            return new Predicate.Any(predicates(slug, node, "any"));
        }
        if (node.has("not")) {
            only(slug, node, 1);
            return new Predicate.Not(predicate(slug, node.get("not")));
        }
        return leaf(slug, node);
    }

    private static List<Predicate> predicates(String slug, JsonNode node, String key) {
        only(slug, node, 1);
        List<Predicate> predicates = new ArrayList<>();
        node.get(key).forEach(child -> predicates.add(predicate(slug, child)));
        return List.copyOf(predicates);
    }

    private static Predicate leaf(String slug, JsonNode node) {
        only(slug, node, 2);
        String property = node.path("property").asText();
        if (!property.isEmpty() && node.has("equals")) {
            return new Predicate.In(property, Set.of(node.get("equals").asText()));
        }
        if (!property.isEmpty() && node.path("in").isArray()) {
            Set<String> values = new LinkedHashSet<>();
            node.get("in").forEach(value -> values.add(value.asText()));
            return new Predicate.In(property, Set.copyOf(values));
        }
        if (!property.isEmpty() && node.path("exists").isBoolean()) {
            Predicate exists = new Predicate.Exists(property);
            return node.get("exists").asBoolean() ? exists : new Predicate.Not(exists);
        }
        throw unknown(slug, node);
    }

    private static void only(String slug, JsonNode node, int keys) {
        if (node.size() != keys) {
            throw unknown(slug, node);
        }
    }

    private static IllegalArgumentException unknown(String slug, JsonNode node) {
        return new IllegalArgumentException(
                "The meter '%s' has a 'where' that is not understood: %s".formatted(slug, node));
    }
}
