package countinghouse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the checklists have evidence or say that they are open; that links lead somewhere is seen of all documents by DocumentationTest. */
class ChecklistsTest {
    private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| (?!---)(.+) \\|$");
    private static final Pattern SECTION = Pattern.compile("(?m)^## \\d\\. ");
    private static final int SECTIONS = 8;

    static Stream<String> lines() throws IOException {
        return Stream.concat(lines("production-readiness.md"), lines("security-checklist.md"));
    }

    private static Stream<String> lines(String document) throws IOException {
        List<String> lines = LINE.matcher(text(document))
                .results()
                .map(line -> line.group(1))
                .filter(line -> !line.endsWith("evidence"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(15);
        return lines.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void shouldHaveEvidenceOrSayThatItIsOpen(String line) {
        assertThat(line).containsPattern("\\]\\([^)]+\\)|\\*[Oo]pen\\*");
    }

    @Test
    void shouldReviewProductionInEightSections() throws IOException {
        assertThat(SECTION.matcher(text("production-readiness.md")).results()).hasSize(SECTIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"send events", "billing system", "analyse", "creator", "administer", "data engineer", "operate"})
    void shouldLeadEveryKindOfUserToAGuide(String user) throws IOException {
        assertThat(text("README.md")).containsPattern("(?m)^\\|[^|]*\\*\\*[^|]*" + user + "[^|]*\\|[^|]*\\(guides/.*$");
    }

    private static String text(String document) throws IOException {
        return Files.readString(DOCS.resolve(document));
    }
}
