package countinghouse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader finds every decision by its title in the list. */
class DecisionsTest {
    private static final Path FOLDER =
            Path.of("").toAbsolutePath().getParent().resolve("docs").resolve("adr");
    private static final Pattern NUMBERED = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");
    private static final Pattern TITLE = Pattern.compile("# (\\d{4}):? (.+)");

    @Test
    void shouldListEveryDecisionByNumberAndTitle() throws IOException {
        List<String> listed = Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .filter(line -> line.startsWith("- "))
                .toList();
        List<String> expected;
        try (Stream<Path> files = Files.list(FOLDER)) {
            expected = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .sorted()
                    .map(DecisionsTest::line)
                    .toList();
        }

        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(listed).as("lines of docs/adr/README.md").isEqualTo(expected);
    }

    @Test
    void shouldUseANumberOnce() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().substring(0, 4)))
                    .doesNotHaveDuplicates();
        }
    }

    private static String line(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        assertThat(numbered.matches()).as("name of docs/adr/%s", name).isTrue();
        Matcher title = TITLE.matcher(firstLine(name));
        assertThat(title.matches()).as("first line of docs/adr/%s", name).isTrue();
        assertThat(title.group(1)).as("number of docs/adr/%s", name).isEqualTo(numbered.group(1));
        return "- [%s](%s) %s".formatted(title.group(1), name, title.group(2));
    }

    private static String firstLine(String name) {
        try (Stream<String> lines = Files.lines(FOLDER.resolve(name))) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
