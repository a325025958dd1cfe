package countinghouse.kit.http;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.health.Health;
import countinghouse.kit.logging.CorrelationId;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;

/** The HTTP server of a process: correlation ids, problems, health, metrics and timings around the roles' routes. */
public final class HttpService {
    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final Vertx vertx;
    private final Router router;
    private final PrometheusMeterRegistry metrics;

    public HttpService(Vertx vertx, PrometheusMeterRegistry metrics, Health health) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.router = Router.router(vertx);
        router.route().handler(new CorrelationId()).handler(this::time).failureHandler(new Problems());
        router.errorHandler(404, new Problems());
        router.errorHandler(405, new Problems());
        router.get("/health/live").handler(context -> json(context, 200, Map.of("status", "live")));
        router.get("/health/ready").handler(context -> readiness(context, health));
        router.get("/metrics").handler(context -> context.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape()));
    }

    public Router router() {
        return router;
    }

    /** Opens the port (0 takes any free one); returns it. */
    public int listen(String host, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setCompressionSupported(true)
                .setIdleTimeout(Math.toIntExact(IDLE_TIMEOUT.toSeconds()));
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(router)
                    .listen(port, host)
                    .await()
                    .actualPort();
        } catch (Exception e) {
            // Vert.x throws the checked BindException undeclared.
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot listen on %s:%d (%s); free the port or set 'http.port'"
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }

    private void time(RoutingContext context) {
        long start = System.nanoTime();
        context.addEndHandler(ended -> Timer.builder("http_request_duration_seconds")
                .tag("method", context.request().method().name())
                .tag("route", templateOf(context))
                .tag("status_code", Integer.toString(context.response().getStatusCode()))
                .serviceLevelObjectives(BUCKETS)
                .register(metrics)
                .record(Duration.ofNanos(System.nanoTime() - start)));
        context.next();
    }

    /** The route's template, never the path: ids in labels would make series without end. */
    private static String templateOf(RoutingContext context) {
        Route route = context.currentRoute();
        return route == null || route.getPath() == null ? "none" : route.getPath();
    }

    private static void readiness(RoutingContext context, Health health) {
        Map<String, String> checks = health.report();
        boolean ready = checks.values().stream().allMatch("ok"::equals);
        json(context, ready ? 200 : 503, Map.of("status", ready ? "ready" : "not ready", "checks", checks));
    }

    private static void json(RoutingContext context, int status, Map<String, ?> body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(Json.text(body));
    }
}
