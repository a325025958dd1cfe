package countinghouse.local.contract;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.testing.contract.ContractOperation;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A request that can still be changed before it is sent. */
final class ApiRequest {
    final Map<String, String> path = new LinkedHashMap<>();
    final List<Map.Entry<String, String>> query = new ArrayList<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    byte[] body;

    private final ContractOperation operation;

    private ApiRequest(ContractOperation operation) {
        this.operation = operation;
    }

    /** The request of the contract's examples: what is required, and nothing else. */
    static ApiRequest example(ContractOperation operation) {
        ApiRequest request = new ApiRequest(operation);
        Sample sample = new Sample(operation);
        operation
                .parameters("path")
                .forEach((name, node) -> request.path.put(name, sample.of(node).asText()));
        operation.parameters("query").forEach((name, node) -> {
            if (node.path("required").asBoolean()) {
                request.query.add(Map.entry(name, sample.of(node).asText()));
            }
        });
        operation.parameters("header").forEach((name, node) -> {
            if (node.path("required").asBoolean()) {
                request.headers.put(name, sample.of(node).asText());
            }
        });
        JsonNode json = operation.jsonBody();
        if (!json.isMissingNode()) {
            request.headers.put("Content-Type", "application/json");
            request.body = sample.of(json).toString().getBytes(StandardCharsets.UTF_8);
        }
        return request;
    }

    HttpRequest build(URI base) {
        String target = operation.path();
        for (Map.Entry<String, String> parameter : path.entrySet()) {
            target = target.replace("{" + parameter.getKey() + "}", encoded(parameter.getValue()));
        }
        String text = query.stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        base.resolve(text.isEmpty() ? target : target + "?" + text))
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .timeout(java.time.Duration.ofSeconds(30))
                .method(
                        operation.method(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(builder::setHeader);
        return builder.build();
    }

    /** For the message of a failed assertion. */
    @Override
    public String toString() {
        String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        return "%s path %s query %s headers %s body %s"
                .formatted(
                        operation.name(),
                        path,
                        query,
                        headers.keySet(),
                        text.substring(0, Math.min(300, text.length())));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
