package countinghouse.metering.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One version of the lists of user agents that are not players. */
final class UserAgents {
    private final int version;
    private final List<String> bots;
    private final List<String> nonBrowsers;
    private final List<String> notBots;

    private UserAgents(int version, List<String> bots, List<String> nonBrowsers, List<String> notBots) {
        this.version = version;
        this.bots = bots;
        this.nonBrowsers = nonBrowsers;
        this.notBots = notBots;
    }

    /**
     * The lists in a YAML document.
     *
     * @throws IllegalArgumentException if the document is not valid
     */
    static UserAgents read(String yaml) {
        JsonNode root = ViewRulesYaml.parse(yaml);
        if (!root.path("version").isInt()) {
            throw new IllegalArgumentException("The lists of user agents have no integer 'version'");
        }
        return new UserAgents(
                root.get("version").asInt(),
                texts(root, "bots"),
                texts(root, "non_browsers"),
                root.has("not_bots") ? texts(root, "not_bots") : List.of());
    }

    int version() {
        return version;
    }

    boolean isBot(String userAgent) {
        return anyMatch(bots, userAgent, String::contains)
                && anyMatch(bots, withoutNotBots(userAgent), String::contains);
    }

    boolean isNonBrowser(String userAgent) {
        return anyMatch(nonBrowsers, userAgent, String::startsWith);
    }

    private String withoutNotBots(String userAgent) {
        String rest = userAgent.toLowerCase(Locale.ROOT);
        for (String name : notBots) {
            rest = rest.replace(name, "");
        }
        return rest;
    }

    private interface Match {
        boolean matches(String userAgent, String listed);
    }

    private static boolean anyMatch(List<String> list, String userAgent, Match match) {
        String lowerCase = userAgent.toLowerCase(Locale.ROOT);
        for (String listed : list) {
            if (match.matches(lowerCase, listed)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(JsonNode root, String name) {
        if (!root.path(name).isArray()) {
            throw new IllegalArgumentException("The lists of user agents have no list '%s'".formatted(name));
        }
        List<String> texts = new ArrayList<>();
        root.get(name).forEach(text -> {
            if (text.asText().isBlank() || !text.asText().equals(text.asText().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "The list '%s' has '%s'; write it in lower case, and not blank".formatted(name, text.asText()));
            }
            texts.add(text.asText());
        });
        return List.copyOf(texts);
    }
}
