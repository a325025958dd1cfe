package countinghouse.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** One dashboard of {@code deploy/grafana}. */
record Dashboard(String name, JsonNode content) {
    private static final JsonMapper JSON = new JsonMapper();

    static List<Dashboard> all() {
        return Repository.below(Repository.ROOT.resolve("deploy/grafana/dashboards"), ".json").stream()
                .map(Dashboard::of)
                .toList();
    }

    private static Dashboard of(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<JsonNode> panels() {
        return StreamSupport.stream(content.at("/panels").spliterator(), false).toList();
    }

    List<String> expressions() {
        return content.findValues("expr").stream().map(JsonNode::asText).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
