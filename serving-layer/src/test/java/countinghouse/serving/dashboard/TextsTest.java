package countinghouse.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the dashboard in its languages. */
class TextsTest {
    private static final Pattern USED = Pattern.compile("\\bt\\('([^']+)'");
    private static final Pattern TITLE = Pattern.compile("(?m)^ +(?:title|navigation): '([^']+)'");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    @Test
    void shouldSayTheSameInEveryLanguage() {
        Map<String, JsonNode> english = texts("en");
        Map<String, JsonNode> vietnamese = texts("vi");

        assertThat(vietnamese.keySet()).isEqualTo(english.keySet());
        assertThat(english)
                .allSatisfy((key, text) ->
                        assertThat(places(vietnamese.get(key))).as(key).isEqualTo(places(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "vi"})
    void shouldKnowEveryTextThatAScriptUses(String language) {
        Set<String> used = DashboardRoutes.listed().stream()
                .filter(name -> name.endsWith(".js"))
                .map(DashboardFilesTest::text)
                .flatMap(script -> Stream.of(USED, TITLE)
                        .flatMap(pattern -> pattern.matcher(script).results()))
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(used).hasSizeGreaterThan(30);
        assertThat(texts(language).keySet()).containsAll(used);
    }

    @Test
    void shouldFormEveryPluralOfItsLanguage() {
        assertThat(texts("en").values()).filteredOn(JsonNode::isObject).allSatisfy(text -> assertThat(names(text))
                .containsExactly("one", "other"));
        assertThat(texts("vi").values()).filteredOn(JsonNode::isObject).allSatisfy(text -> assertThat(names(text))
                .containsExactly("other"));
    }

    private static Map<String, JsonNode> texts(String language) {
        Map<String, JsonNode> texts = new TreeMap<>();
        DashboardRoutes.listed().stream()
                .filter(name -> name.startsWith("i18n/" + language + "/"))
                .forEach(name -> parse(name).properties().forEach(text -> {
                    assertThat(texts).as(name).doesNotContainKey(text.getKey());
                    texts.put(text.getKey(), text.getValue());
                }));
        return texts;
    }

    private static JsonNode parse(String name) {
        try {
            return Json.mapper().readTree(DashboardFilesTest.text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static Set<String> places(JsonNode text) {
        return PLACE.matcher(text.toString())
                .results()
                .map((MatchResult match) -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> names(JsonNode text) {
        return text.properties().stream().map(Map.Entry::getKey).toList();
    }
}
