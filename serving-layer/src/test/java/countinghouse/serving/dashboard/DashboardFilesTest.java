package countinghouse.serving.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the dashboard among themselves: what browsers would only notice on the page that somebody opens. */
class DashboardFilesTest {
    private static final Set<String> MOUNTED_BY_NAME = Set.of("files.txt", "index.html", "docs.html", "docs.js");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*from '([^']+)';$");

    @Test
    void shouldListEveryFile() throws IOException {
        Path folder = Path.of("src/main/resources/dashboard");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> folder.relativize(file).toString())
                            .filter(name -> !MOUNTED_BY_NAME.contains(name)))
                    .containsExactlyInAnyOrderElementsOf(DashboardRoutes.listed());
        }
    }

    @Test
    void shouldImportOnlyWhatIsListed() {
        List<String> listed = DashboardRoutes.listed();

        assertThat(scripts()).allSatisfy(name -> assertThat(imports(name)).isSubsetOf(listed));
    }

    @Test
    void shouldReachEveryPageFromTheList() {
        Set<String> pages = scripts().filter(name -> name.startsWith("pages/")).collect(Collectors.toSet());

        assertThat(imports("pages.js")).containsAll(pages);
    }

    private static Stream<String> scripts() {
        return DashboardRoutes.listed().stream().filter(name -> name.endsWith(".js"));
    }

    private static Set<String> imports(String script) {
        Path here = Path.of("/").resolve(script);
        return IMPORT.matcher(text(script))
                .results()
                .map(found -> Path.of("/")
                        .relativize(here.resolveSibling(found.group(1)).normalize())
                        .toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String text(String name) {
        return new String(StaticFile.read("/dashboard/" + name), StandardCharsets.UTF_8);
    }
}
