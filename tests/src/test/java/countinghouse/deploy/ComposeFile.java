package countinghouse.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml}, with its anchors resolved. */
record ComposeFile(Map<String, Object> content) {
    static final Path FILE = Repository.ROOT.resolve("docker-compose.yml");

    static ComposeFile read() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(200);
        return new ComposeFile(new Yaml(new SafeConstructor(options)).load(Repository.text(FILE)));
    }

    Map<String, ComposeService> services() {
        Map<String, ComposeService> services = new TreeMap<>();
        section("services").forEach((name, service) -> services.put(name, new ComposeService(name, mapOf(service))));
        return services;
    }

    /** Name of each secret, with its file. */
    Map<String, String> secrets() {
        Map<String, String> files = new TreeMap<>();
        section("secrets")
                .forEach(
                        (name, secret) -> files.put(name, (String) mapOf(secret).get("file")));
        return files;
    }

    Map<String, Object> section(String name) {
        return mapOf(content.get(name));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> mapOf(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    static List<String> textsOf(Object value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> texts.add(element.toString()));
        }
        return texts;
    }
}
