package countinghouse.serving.query;

import countinghouse.kit.http.Json;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/**
 * A successful answer.
 *
 * @param contentType of the body
 * @param headers beside the content type
 * @param body text
 */
record Reply(String contentType, Map<String, String> headers, String body) {
    static Reply json(Object body) {
        return new Reply("application/json", Map.of(), Json.text(body));
    }

    void send(HttpServerResponse response) {
        response.putHeader("Content-Type", contentType).putHeader("Cache-Control", "no-store");
        headers.forEach(response::putHeader);
        var unused = response.end(body);
    }
}
