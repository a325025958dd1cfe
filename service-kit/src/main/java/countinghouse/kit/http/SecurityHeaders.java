package countinghouse.kit.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What browsers are told to refuse (SEC-08). Answers of an API are no pages, so nothing in them may load or run anything; a page states its
 * own policy instead.
 */
final class SecurityHeaders implements Handler<RoutingContext> {
    /** As they are sent, so that they need not be turned into bytes for each answer. */
    private static final Map<CharSequence, CharSequence> ALWAYS = inBytes(Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"));

    private static final CharSequence TRANSPORT = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000; includeSubDomains");

    private final boolean secure;

    SecurityHeaders(boolean secure) {
        this.secure = secure;
    }

    @Override
    public void handle(RoutingContext context) {
        MultiMap headers = context.response().headers();
        ALWAYS.forEach(headers::set);
        // RFC 6797 forbids it where callers may come by plain HTTP.
        if (secure) {
            headers.set(TRANSPORT, ONE_YEAR);
        }
        context.next();
    }

    private static Map<CharSequence, CharSequence> inBytes(Map<String, String> texts) {
        Map<CharSequence, CharSequence> headers = new LinkedHashMap<>();
        texts.forEach(
                (name, value) -> headers.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value)));
        return headers;
    }
}
