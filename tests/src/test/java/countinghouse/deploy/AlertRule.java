package countinghouse.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One alert of {@code deploy/prometheus/rules}. */
record AlertRule(String name, String expression, String severity, String runbook) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<AlertRule> all() {
        List<AlertRule> alerts = new ArrayList<>();
        for (Path file : Repository.below(Repository.ROOT.resolve("deploy/prometheus/rules"), ".yml")) {
            parsed(file).at("/groups").forEach(group -> group.get("rules").forEach(rule -> alerts.add(of(rule))));
        }
        return alerts;
    }

    private static AlertRule of(JsonNode rule) {
        return new AlertRule(
                rule.at("/alert").asText(),
                rule.at("/expr").asText(),
                rule.at("/labels/severity").asText(),
                rule.at("/annotations/runbook").asText());
    }

    private static JsonNode parsed(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
