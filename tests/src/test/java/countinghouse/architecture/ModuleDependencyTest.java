package countinghouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The table of design.md section 2: a module depends only on what stands here. */
class ModuleDependencyTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final String GROUP = "io.countinghouse";

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("schemas", Set.of()),
            Map.entry("metering", Set.of("schemas")),
            Map.entry("service-kit", Set.of()),
            Map.entry("tests/components", Set.of("schemas", "service-kit")),
            Map.entry("ingestion", Set.of("metering", "service-kit")),
            Map.entry("speed-layer", Set.of("metering", "service-kit")),
            Map.entry("batch-layer", Set.of("metering", "service-kit")),
            Map.entry("serving-layer", Set.of("metering", "service-kit")),
            Map.entry("billing", Set.of("metering", "service-kit")),
            Map.entry("airflow-dags", Set.of()),
            Map.entry("app", Set.of("ingestion", "speed-layer", "batch-layer", "serving-layer", "billing")),
            Map.entry("local/guardian", Set.of()),
            Map.entry("local/runtime-kafka", Set.of()),
            Map.entry("local/runtime-hdfs", Set.of()),
            Map.entry("local/runtime-registry", Set.of()),
            Map.entry("local/runtime-trino", Set.of()),
            Map.entry("local/runtime-batch", Set.of("batch-layer")),
            Map.entry("local", Set.of("app")),
            Map.entry("tests/fault", Set.of("local")),
            Map.entry("tests/bench", Set.of("local")),
            Map.entry("tests/bench-flink", Set.of("schemas", "tests-bench")),
            Map.entry("tests/publication", Set.of("local")),
            Map.entry("tests/bench-batch", Set.of("batch-layer", "tests-bench")),
            Map.entry("tests/story", Set.of("app")),
            Map.entry("tests", Set.of("local", "tests-bench", "tests-bench-flink", "tests-bench-batch")));

    static Set<String> modules() {
        return new TreeSet<>(ALLOWED.keySet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldDependOnlyOnWhatTheTableAllows(String module) throws Exception {
        assertThat(dependenciesOf(module)).as("dependencies of %s", module).isSubsetOf(ALLOWED.get(module));
    }

    @Test
    void shouldListEveryModuleOfTheBuild() throws Exception {
        NodeList modules = parse(ROOT.resolve("pom.xml")).getElementsByTagName("module");
        Set<String> built = new TreeSet<>();
        for (int i = 0; i < modules.getLength(); i++) {
            built.add(modules.item(i).getTextContent().trim());
        }
        assertThat(built).isEqualTo(modules());
    }

    @Test
    void shouldKeepInputAndOutputOutOfMetering() throws IOException {
        Path sources = ROOT.resolve("metering/src/main/java");
        try (var files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                assertThat(Files.readString(file))
                        .as(sources.relativize(file).toString())
                        .doesNotContain(
                                "import org.apache.kafka",
                                "import java.net.",
                                "import java.nio.file.",
                                "import java.sql.");
            }
        }
    }

    private static Set<String> dependenciesOf(String module) throws Exception {
        NodeList dependencies = parse(ROOT.resolve(module).resolve("pom.xml")).getElementsByTagName("dependency");
        Set<String> ours = new TreeSet<>();
        for (int i = 0; i < dependencies.getLength(); i++) {
            Element dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").equals(GROUP) && !startsComponentsOfTests(dependency)) {
                ours.add(text(dependency, "artifactId"));
            }
        }
        return ours;
    }

    private static boolean startsComponentsOfTests(Element dependency) {
        return text(dependency, "artifactId").equals("tests-components")
                && dependency.getElementsByTagName("scope").getLength() == 1
                && text(dependency, "scope").equals("test");
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent().trim();
    }

    private static Document parse(Path pom) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    }
}
