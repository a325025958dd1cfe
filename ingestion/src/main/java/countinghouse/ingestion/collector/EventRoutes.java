package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.MissingNode;
import countinghouse.ingestion.collector.Intake.Origin;
import countinghouse.ingestion.collector.Intake.Outcome;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.http.ProblemException;
import countinghouse.kit.logging.CorrelationId;
import countinghouse.schemas.registry.RegistryException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/v1/events}: 204 when every event is acknowledged by Kafka, 400 if some were quarantined, 503 if nothing is certain. */
final class EventRoutes {
    static final String PATH = "/api/v1/events";
    static final long MAX_BODY_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    private final Intake intake;
    private final ClientNetworks networks;
    private final WorkerExecutor workers;
    private final IngestMetrics metrics;
    private final int maxRequests;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean closed;

    EventRoutes(
            Intake intake, ClientNetworks networks, WorkerExecutor workers, IngestMetrics metrics, int maxRequests) {
        this.intake = intake;
        this.networks = networks;
        this.workers = workers;
        this.metrics = metrics;
        this.maxRequests = maxRequests;
    }

    void mount(Router router, Access access) {
        // Routes of their own: a route takes a body handler only before any other, and a body is read only for who may
        // send it.
        router.post(PATH).handler(access.require(AccessRole.PRODUCER, AccessRole.ADMIN));
        router.post(PATH).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        router.post(PATH).handler(this::receive);
    }

    /** Takes no more requests; those that are being stored are still answered. */
    void close() {
        closed = true;
    }

    private void receive(RoutingContext context) {
        byte[] body = context.body().buffer() == null
                ? new byte[0]
                : context.body().buffer().getBytes();
        Origin origin = new Origin(
                CorrelationId.of(context),
                networks.of(context.request().remoteAddress().hostAddress()),
                Envelope.traceparent(context.request().getHeader("traceparent")));
        if (closed) {
            unavailable(context, "The collector is stopping");
            return;
        }
        if (requests.incrementAndGet() > maxRequests) {
            requests.decrementAndGet();
            unavailable(context, "Too many requests are waiting for the event log");
            return;
        }
        workers.executeBlocking(() -> take(context, body, origin), false)
                .compose(outcome ->
                        Future.fromCompletionStage(outcome, context.vertx().getOrCreateContext()))
                .onComplete(outcome -> {
                    requests.decrementAndGet();
                    if (outcome.succeeded()) {
                        answer(context, outcome.result());
                    } else {
                        fail(context, outcome.cause());
                    }
                });
    }

    private CompletableFuture<Outcome> take(RoutingContext context, byte[] body, Origin origin) {
        List<ReceivedEvent> events;
        try {
            events = RequestEvents.read(context.request().headers(), body);
        } catch (InvalidEventException e) {
            ReceivedEvent unreadable = new ReceivedEvent(0, MissingNode.getInstance(), new String(body, UTF_8));
            return intake.refuse(new RejectedEvent(unreadable, e.violation()));
        }
        return intake.take(events, origin);
    }

    private static void answer(RoutingContext context, Outcome outcome) {
        if (outcome.rejected().isEmpty()) {
            context.response().setStatusCode(204).end();
            return;
        }
        List<Map<String, Object>> errors = new ArrayList<>();
        for (RejectedEvent rejected : outcome.rejected()) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("index", rejected.event().index());
            error.put("field", rejected.violation().field());
            error.put("rule", rejected.violation().rule());
            error.put("message", rejected.violation().message());
            errors.add(error);
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("stored", outcome.stored());
        extensions.put("quarantined", outcome.rejected().size());
        extensions.put("errors", errors);
        context.fail(new ProblemException(
                CollectorError.EVENTS_REJECTED,
                "%d stored, %d quarantined; first: %s. Correct those named in 'errors'; resending the whole batch is safe"
                        .formatted(
                                outcome.stored(),
                                outcome.rejected().size(),
                                outcome.rejected().get(0).violation().message()),
                extensions));
    }

    private void fail(RoutingContext context, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof LogUnavailableException || cause instanceof RegistryException) {
            LOG.warn("Events could not be stored: {}", cause.getMessage());
            unavailable(context, "The events are not known to be stored");
        } else {
            context.fail(cause);
        }
    }

    private void unavailable(RoutingContext context, String why) {
        metrics.unavailable();
        context.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
        context.fail(new ProblemException(
                CollectorError.LOG_UNAVAILABLE,
                "%s; send the same request again after %s s, which is safe".formatted(why, RETRY_AFTER_SECONDS)));
    }
}
