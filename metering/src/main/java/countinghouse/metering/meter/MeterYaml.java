package countinghouse.metering.meter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code meters.yaml}. Anything it does not understand is an error that names the meter and the key, never ignored. */
public final class MeterYaml {
    private static final Set<String> KEYS = Set.of(
            "slug", "description", "eventType", "aggregation", "valueProperty", "multiplier", "where", "dimensions");

    private MeterYaml() {}

    /**
     * The catalog in a YAML document.
     *
     * @throws IllegalArgumentException if the document is not a valid catalog
     */
    public static MeterCatalog read(InputStream yaml) throws IOException {
        JsonNode root = new YAMLMapper().readTree(yaml);
        if (!root.path("version").isInt()) {
            throw new IllegalArgumentException("The meter catalog has no integer 'version'");
        }
        List<Meter> meters = new ArrayList<>();
        Set<String> slugs = new HashSet<>();
        for (JsonNode node : root.path("meters")) {
            Meter meter = meter(node);
            if (!slugs.add(meter.slug())) {
                throw new IllegalArgumentException("The meter '%s' is defined twice".formatted(meter.slug()));
            }
            meters.add(meter);
        }
        if (meters.isEmpty()) {
            throw new IllegalArgumentException("The meter catalog has no 'meters'");
        }
        return new MeterCatalog(root.get("version").asInt(), meters);
    }

    private static Meter meter(JsonNode node) {
        String slug = text(node, "slug", "?");
        node.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("The meter '%s' has an unknown key '%s'".formatted(slug, key));
            }
        });
        if (!slug.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("'%s' is not a slug: use a-z, 0-9 and _".formatted(slug));
        }
        Aggregation aggregation = aggregation(slug, text(node, "aggregation", slug));
        boolean needsValue = aggregation != Aggregation.COUNT;
        if (needsValue != node.has("valueProperty")) {
            throw new IllegalArgumentException("The meter '%s' (%s) %s a 'valueProperty'"
                    .formatted(slug, aggregation, needsValue ? "needs" : "cannot have"));
        }
        List<String> dimensions = new ArrayList<>();
        node.path("dimensions").forEach(dimension -> dimensions.add(dimension.asText()));
        return new Meter(
                slug,
                node.path("description").asText(""),
                text(node, "eventType", slug),
                aggregation,
                needsValue ? text(node, "valueProperty", slug) : null,
                new BigDecimal(node.path("multiplier").asText("1")),
                node.has("where") ? PredicateYaml.predicate(slug, node.get("where")) : null,
                dimensions.stream().sorted().toList());
    }

    private static Aggregation aggregation(String slug, String name) {
        for (Aggregation aggregation : Aggregation.values()) {
            if (aggregation.name().equals(name)) {
                return aggregation;
            }
        }
        throw new IllegalArgumentException("The meter '%s' has an unknown aggregation '%s'".formatted(slug, name));
    }

    private static String text(JsonNode node, String key, String slug) {
        if (!node.path(key).isTextual()) {
            throw new IllegalArgumentException("The meter '%s' has no text '%s'".formatted(slug, key));
        }
        return node.get(key).asText();
    }
}
