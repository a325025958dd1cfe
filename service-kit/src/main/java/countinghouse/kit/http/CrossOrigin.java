package countinghouse.kit.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Lets pages of listed origins call from a browser (SEC-09). Callers are known by a header, never by a cookie, so no credentials. */
final class CrossOrigin implements Handler<RoutingContext> {
    private static final Duration PREFLIGHT_VALIDITY = Duration.ofMinutes(10);

    private final Set<String> origins;
    private final CorsHandler listed;

    CrossOrigin(Set<String> origins) {
        this.origins = origins;
        this.listed = CorsHandler.create()
                .addOrigins(List.copyOf(origins))
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT))
                .allowedHeaders(
                        Set.of("Authorization", "Content-Type", "Idempotency-Key", "X-API-Key", "X-Correlation-ID"))
                .exposedHeaders(Set.of("X-Correlation-ID", "Retry-After"))
                .maxAgeSeconds(Math.toIntExact(PREFLIGHT_VALIDITY.toSeconds()));
    }

    @Override
    public void handle(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        // Vert.x refuses any other origin, and with it the process's own pages, which send theirs too.
        if (origin != null && origins.contains(origin)) {
            listed.handle(context);
        } else {
            context.next();
        }
    }
}
