package countinghouse.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/targets.md}: every target has a row, a command that exists, and figures that somebody measured. */
class TargetsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int TARGETS = 26;
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (LAM-\\d\\d) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern BOLD = Pattern.compile("\\*\\*([^*]+)\\*\\*");
    private static final Set<String> STATES = Set.of("`met`", "`missed`", "`extrapolated`", "`not measured`");
    private static final Set<String> MACHINES = Set.of("M", "any");

    private record Target(String id, String wish, String commands, String figure, String machine, String state) {
        static Target of(MatchResult row) {
            return new Target(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5), row.group(6));
        }
    }

    static List<Target> targets() throws IOException {
        return ROW.matcher(text("docs/targets.md")).results().map(Target::of).toList();
    }

    @Test
    void shouldHaveOneRowForEachTargetOfTheRequirements() throws IOException {
        assertThat(targets())
                .extracting(Target::id)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, TARGETS)
                        .mapToObj("LAM-%02d"::formatted)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldNameCommandsOrTestsThatExist(Target target) throws IOException {
        List<String> commands = CODE.matcher(target.commands())
                .results()
                .map(code -> code.group(1))
                .toList();
        assertThat(commands).isNotEmpty();
        // That commands exist is seen of all documents by DocumentationTest.
        assertThat(commands.stream()
                        .filter(command -> !command.startsWith("./countinghouse "))
                        .toList())
                .isSubsetOf(tests());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldTellWhatWasSeenWhereAndHowFarItHolds(Target target) throws IOException {
        assertThat(target.figure()).hasSizeGreaterThan(20);
        assertThat(target.machine()).isIn(MACHINES);
        assertThat(target.state()).isIn(STATES);
        String measured = text("docs/performance.md") + text("docs/scale.md");
        assertThat(BOLD.matcher(target.figure()).results().map(figure -> figure.group(1)))
                .allSatisfy(figure -> assertThat(measured).contains(figure));
    }

    /** Modules lie at the top or one folder below. */
    private static Set<String> tests() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> folders = Files.walk(ROOT, 2)) {
            for (Path tests : folders.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("Test.java"))
                            .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
                }
            }
        }
        return names;
    }

    private static String text(String document) throws IOException {
        return Files.readString(ROOT.resolve(document));
    }
}
