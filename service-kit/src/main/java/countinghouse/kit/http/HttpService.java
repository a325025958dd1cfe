package countinghouse.kit.http;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.contract.Contract;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.health.Health;
import countinghouse.kit.logging.CorrelationId;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
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
    private final HttpConfig config;
    private final Router router;
    private final PrometheusMeterRegistry metrics;

    public HttpService(
            Vertx vertx, HttpConfig config, Contract contract, PrometheusMeterRegistry metrics, Health health) {
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
        this.router = Router.router(vertx);
        Problems problems = new Problems();
        router.route()
                .handler(new CorrelationId())
                .handler(this::time)
                .handler(new SecurityHeaders(config.secure()))
                .handler(new CrossOrigin(config.origins()))
                .handler(new ContractGate(contract))
                .failureHandler(problems);
        for (int status : new int[] {400, 404, 405, 406, 415}) {
            router.errorHandler(status, problems);
        }
        text("/api/v1/openapi.yaml", "application/yaml", contract.yaml());
        text("/api/v1/openapi.json", "application/json", contract.json());
        router.get("/health/live").handler(context -> json(context, 200, Map.of("status", "live")));
        router.get("/health/ready").handler(context -> readiness(context, health));
        router.get("/metrics").handler(context -> context.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(metrics.scrape()));
    }

    public Router router() {
        return router;
    }

    private void text(String path, String contentType, String text) {
        router.get(path).handler(context -> context.response()
                .putHeader("Content-Type", contentType)
                .end(text));
    }

    /** Opens the port; returns it. */
    public int listen() {
        HttpServerOptions options = new HttpServerOptions()
                .setCompressionSupported(true)
                .setIdleTimeout(Math.toIntExact(IDLE_TIMEOUT.toSeconds()));
        config.tls().ifPresent(tls -> options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificatePath())
                        .setKeyPath(tls.keyPath())));
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(router)
                    .invalidRequestHandler(new UnreadableRequests())
                    .listen(config.port(), config.host())
                    .await()
                    .actualPort();
        } catch (Exception e) {
            // Vert.x throws the checked BindException undeclared.
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot listen on %s:%d (%s); free the port or set 'http.port'"
                            .formatted(config.host(), config.port(), e.getMessage()),
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
