package countinghouse.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URL;

/**
 * Lays the parts of a contract together: one for what every process has, one for each of its roles. What the first part defines holds
 * for all, so that each part can be read alone.
 */
final class ContractParts {
    private static final String PATHS = "paths";
    private static final String COMPONENTS = "components";
    private static final YAMLMapper YAML = new YAMLMapper();

    private final ObjectNode whole;
    private final JsonNode shared;

    ContractParts(URL first) {
        whole = read(first);
        shared = whole.path(COMPONENTS).deepCopy();
    }

    /** Adds a part; twice the same path and method, or different components of one name, are a mistake. */
    void add(URL part) {
        ObjectNode added = read(part);
        added.path(PATHS).properties().forEach(path -> path.getValue()
                .properties()
                .forEach(member -> put(
                        whole.withObjectProperty(PATHS).withObjectProperty(path.getKey()),
                        member.getKey(),
                        member.getValue(),
                        part)));
        added.path(COMPONENTS)
                .properties()
                .forEach(section -> section.getValue().properties().forEach(entry -> {
                    if (shared.path(section.getKey()).path(entry.getKey()).isMissingNode()) {
                        put(
                                whole.withObjectProperty(COMPONENTS).withObjectProperty(section.getKey()),
                                entry.getKey(),
                                entry.getValue(),
                                part);
                    }
                }));
        added.path("tags").forEach(whole.withArrayProperty("tags")::add);
    }

    ObjectNode whole() {
        return whole;
    }

    private static void put(ObjectNode target, String name, JsonNode value, URL part) {
        JsonNode before = target.get(name);
        if (before != null && !before.equals(value)) {
            throw new ContractException(
                    "Two parts of the contract define '%s' differently; one is %s".formatted(name, part));
        }
        target.set(name, value);
    }

    private static ObjectNode read(URL part) {
        try {
            return (ObjectNode) YAML.readTree(part);
        } catch (IOException e) {
            throw new ContractException("The contract's part %s cannot be read".formatted(part), e);
        }
    }
}
