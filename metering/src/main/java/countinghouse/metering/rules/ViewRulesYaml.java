package countinghouse.metering.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import countinghouse.metering.history.HistoryKey;
import countinghouse.metering.history.HistoryRule;
import countinghouse.metering.history.HistoryRules;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the rules of views. Anything it does not understand is an error that names the rule and the key, never ignored. */
public final class ViewRulesYaml {
    private ViewRulesYaml() {}

    /**
     * The rules in YAML documents.
     *
     * @param rules the rules
     * @param userAgents the lists of user agents
     * @throws IllegalArgumentException if a document is not valid
     */
    public static ViewRules read(String rules, String userAgents) {
        JsonNode root = parse(rules);
        requireKeys(root, "The document of rules", Set.of("version", "rules", "history"));
        if (!root.path("version").isInt()) {
            throw new IllegalArgumentException("The document of rules has no integer 'version'");
        }
        UserAgents agents = UserAgents.read(userAgents);
        Set<String> ids = new HashSet<>();
        List<ViewRule> viewRules = new ArrayList<>();
        for (JsonNode node : root.path("rules")) {
            viewRules.add(viewRule(node, agents, ids));
        }
        return new ViewRules(root.get("version").asInt(), agents.version(), viewRules, history(root, ids));
    }

    static JsonNode parse(String yaml) {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "A document of rules or lists is no YAML: %s".formatted(e.getOriginalMessage()), e);
        }
    }

    private static ViewRule viewRule(JsonNode node, UserAgents userAgents, Set<String> ids) {
        String id = newId(node, ids);
        boolean isTooShort = id.equals("too-short");
        requireKeys(node, "The rule '%s'".formatted(id), isTooShort ? Set.of("id", "seconds") : Set.of("id"));
        return switch (id) {
            case "prefetch" -> ViewRule.prefetch();
            case "autoplay-not-started" -> ViewRule.notStarted();
            case "ua-list" -> ViewRule.declaredRobot(userAgents);
            case "ua-nonbrowser" -> ViewRule.nonBrowser(userAgents);
            case "ip-datacentre" -> ViewRule.dataCentre();
            case "too-short" -> ViewRule.tooShort(positive(node, id, "seconds"));
            case "self-view" -> ViewRule.selfView();
            default ->
                throw new IllegalArgumentException("There is no rule '%s' that needs only the event".formatted(id));
        };
    }

    private static HistoryRules history(JsonNode root, Set<String> ids) {
        if (!root.has("history")) {
            return HistoryRules.NONE;
        }
        JsonNode history = root.get("history");
        requireKeys(history, "'history'", Set.of("lookBack", "rules"));
        Duration lookBack = duration(history, "history", "lookBack");
        List<HistoryRule> rules = new ArrayList<>();
        for (JsonNode node : history.path("rules")) {
            String id = newId(node, ids);
            requireKeys(node, "The rule '%s'".formatted(id), Set.of("id", "per", "within", "atMost"));
            Duration within = duration(node, id, "within");
            if (within.compareTo(lookBack) > 0) {
                throw new IllegalArgumentException("The rule '%s' looks %s back, which is more than the look-back of %s"
                        .formatted(id, within, lookBack));
            }
            HistoryKey key = HistoryKey.named(node.path("per").asText())
                    .orElseThrow(
                            () -> new IllegalArgumentException("The rule '%s' has an unknown 'per': '%s' is none of %s"
                                    .formatted(id, node.path("per").asText(), HistoryKey.names())));
            rules.add(new HistoryRule(id, key, within.toMillis(), positive(node, id, "atMost")));
        }
        return new HistoryRules(lookBack.toMillis(), rules);
    }

    private static String newId(JsonNode node, Set<String> ids) {
        String id = node.path("id").asText();
        if (id.isEmpty()) {
            throw new IllegalArgumentException("A rule has no 'id': %s".formatted(node));
        }
        if (!ids.add(id)) {
            throw new IllegalArgumentException("The rule '%s' is listed twice".formatted(id));
        }
        return id;
    }

    private static int positive(JsonNode node, String id, String key) {
        if (!node.path(key).isInt() || node.get(key).asInt() < 1) {
            throw new IllegalArgumentException("The rule '%s' needs a whole number above 0 as '%s'".formatted(id, key));
        }
        return node.get(key).asInt();
    }

    private static Duration duration(JsonNode node, String id, String key) {
        try {
            Duration duration = Duration.parse(node.path(key).asText());
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below, like a duration that is not positive.
        }
        throw new IllegalArgumentException(
                "'%s' of '%s' is '%s'; it must be an ISO-8601 duration above 0, such as PT24H"
                        .formatted(key, id, node.path(key).asText()));
    }

    private static void requireKeys(JsonNode node, String what, Set<String> keys) {
        node.fieldNames().forEachRemaining(key -> {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException("%s has an unknown key '%s'".formatted(what, key));
            }
        });
    }
}
