package countinghouse.metering.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One version of the lists of user agents that are not players. */
final class UserAgents {
    private final int version;
    private final List<String> bots;
    private final List<String> nonBrowsers;

    private UserAgents(int version, List<String> bots, List<String> nonBrowsers) {
        this.version = version;
        this.bots = bots;
        this.nonBrowsers = nonBrowsers;
    }

    /** The lists of a version, which must be among the resources. */
    static UserAgents version(int version) {
        String resource = "/lists/user-agents-v%d.yaml".formatted(version);
        try (InputStream yaml = UserAgents.class.getResourceAsStream(resource)) {
            JsonNode root = new YAMLMapper().readTree(yaml);
            return new UserAgents(version, texts(root.get("bots")), texts(root.get("non_browsers")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int version() {
        return version;
    }

    boolean isBot(String userAgent) {
        String lowerCase = userAgent.toLowerCase(Locale.ROOT);
        return bots.stream().anyMatch(lowerCase::contains);
    }

    boolean isNonBrowser(String userAgent) {
        String lowerCase = userAgent.toLowerCase(Locale.ROOT);
        return nonBrowsers.stream().anyMatch(lowerCase::startsWith);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }
}
