package countinghouse.kit.http;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.contract.Contract;
import countinghouse.kit.contract.ContractGate;
import countinghouse.kit.health.Health;
import countinghouse.kit.logging.CorrelationId;
import countinghouse.kit.tracing.Tracing;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The HTTP server of a process: correlation ids, problems, health, metrics and timings around the roles' routes. */
public final class HttpService implements AutoCloseable {
    /** The same free one for every server of the process; 0 would be another for each. */
    private static final int ANY_FREE_PORT = -1;
    /** A body is handed on in parts of at most this size, each at a cost of its own; as much as is read from a socket at a time. */
    private static final int BODY_PART_BYTES = 64 * 1024;

    /** How many event loops serve requests. */
    public static final int EVENT_LOOPS = 2;

    private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(2);
    /** How long requests that are under way when the process stops may take. Above what any of them waits for, below what who stops us waits. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(15);

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
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    public HttpService(
            Vertx vertx,
            HttpConfig config,
            Contract contract,
            PrometheusMeterRegistry metrics,
            Tracing tracing,
            Health health) {
        this.vertx = vertx;
        this.config = config;
        this.metrics = metrics;
        this.router = Router.router(vertx);
        Problems problems = new Problems();
        router.route().handler(new CorrelationId());
        if (tracing.isOn()) {
            router.route().handler(new RequestSpans(tracing));
        }
        router.route()
                .handler(this::time)
                .handler(new SecurityHeaders(config.secure()))
                .handler(new CrossOrigin(config.origins()))
                .handler(new ReadableHeaders())
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
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxChunkSize(BODY_PART_BYTES)
                .setIdleTimeout(Math.toIntExact(IDLE_TIMEOUT.toSeconds()));
        config.tls().ifPresent(tls -> options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificatePath())
                        .setKeyPath(tls.keyPath())));
        try {
            int port = config.port() == 0 ? ANY_FREE_PORT : config.port();
            for (int more = 1; more < EVENT_LOOPS; more++) {
                listen(options, port);
            }
            return listen(options, port);
        } catch (Exception e) {
            // Vert.x throws the checked BindException undeclared.
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot listen on %s:%d (%s); free the port or set 'http.port'"
                            .formatted(config.host(), config.port(), e.getMessage()),
                    e);
        }
    }

    /** A server lives on one event loop; those of one port share its connections. */
    private int listen(HttpServerOptions options, int port) {
        HttpServer server =
                vertx.createHttpServer(options).requestHandler(router).invalidRequestHandler(new UnreadableRequests());
        servers.add(server);
        return server.listen(port, config.host()).await().actualPort();
    }

    /** Accepts nothing any more; returns when what is under way is answered, or does not come to an end. */
    @Override
    public void close() {
        Future.join(servers.stream()
                        .map(server -> server.shutdown(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .await();
    }

    private void time(RoutingContext context) {
        long start = System.nanoTime();
        context.addEndHandler(ended -> timers.computeIfAbsent(Series.of(context), this::timer)
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
        context.next();
    }

    private Timer timer(Series series) {
        return Timer.builder("http_request_duration_seconds")
                .tag("method", series.method)
                .tag("route", series.route)
                .tag("status_code", Integer.toString(series.status))
                .serviceLevelObjectives(BUCKETS)
                .register(metrics);
    }

    /** What timings are kept apart by; none of it is the caller's choice, or there would be series without end. */
    private record Series(String method, String route, int status) {
        static Series of(RoutingContext context) {
            return new Series(
                    methodOf(context), templateOf(context), context.response().getStatusCode());
        }
    }

    static String methodOf(RoutingContext context) {
        HttpMethod method = context.request().method();
        return HttpMethod.values().contains(method) ? method.name() : "other";
    }

    /** The route's template, never the path: ids in labels would make series without end. */
    static String templateOf(RoutingContext context) {
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
