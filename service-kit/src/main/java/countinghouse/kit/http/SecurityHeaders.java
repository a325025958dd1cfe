package countinghouse.kit.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/**
 * What browsers are told to refuse (SEC-08). Answers of an API are no pages, so nothing in them may load or run anything; a page states its
 * own policy instead.
 */
final class SecurityHeaders implements Handler<RoutingContext> {
    private static final String ONE_YEAR = "max-age=31536000; includeSubDomains";

    private final boolean secure;

    SecurityHeaders(boolean secure) {
        this.secure = secure;
    }

    @Override
    public void handle(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .set("Referrer-Policy", "no-referrer")
                .set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        // RFC 6797 forbids it where callers may come by plain HTTP.
        if (secure) {
            headers.set("Strict-Transport-Security", ONE_YEAR);
        }
        context.next();
    }
}
