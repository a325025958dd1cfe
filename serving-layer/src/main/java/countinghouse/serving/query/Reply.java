package countinghouse.serving.query;

import countinghouse.kit.http.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/**
 * A successful answer.
 *
 * @param contentType of the body
 * @param headers beside the content type
 * @param body text
 */
record Reply(CharSequence contentType, Map<String, String> headers, String body) {
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

    static Reply json(Object body) {
        return new Reply(JSON, Map.of(), Json.text(body));
    }

    void send(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType).putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        headers.forEach(response::putHeader);
        var unused = response.end(body);
    }
}
