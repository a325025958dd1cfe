package countinghouse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard says every problem in its own languages, whichever module the server's code for it is from. */
class ProblemTextsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path TEXTS = ROOT.resolve("serving-layer/src/main/resources/dashboard/i18n");
    private static final Pattern CODE = Pattern.compile("[A-Z_]+\\(\\s*\"([a-z-]+)\",\\s*\\d{3},");

    @Test
    void shouldHaveATextForEveryCodeThatTheServerCanAnswerWith() throws IOException {
        Set<String> codes = codes();

        assertThat(codes).hasSizeGreaterThan(30);
        for (String language : List.of("en", "vi")) {
            Path file = TEXTS.resolve(language).resolve("common.json");
            Set<String> texts = new TreeSet<>();
            Json.mapper().readTree(Files.readString(file)).fieldNames().forEachRemaining(texts::add);
            assertThat(codes).as("codes without a text in '%s'", language).allSatisfy(code -> assertThat(texts)
                    .contains("problem.code." + code));
        }
    }

    private static Set<String> codes() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path sources : modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                codes.addAll(codesBelow(sources));
            }
        }
        return codes;
    }

    private static Set<String> codesBelow(Path sources) throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Error.java")).toList()) {
                String text = Files.readString(file);
                if (text.contains("implements ErrorCode")) {
                    CODE.matcher(text).results().forEach(match -> codes.add(match.group(1)));
                }
            }
        }
        return codes;
    }
}
