package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.node.MissingNode;
import countinghouse.ingestion.collector.Admission.Place;
import countinghouse.ingestion.collector.Intake.Origin;
import countinghouse.ingestion.collector.Intake.Outcome;
import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.http.RequestSpans;
import countinghouse.kit.logging.CorrelationId;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /api/v1/events}: 204 when every event is acknowledged by Kafka, 400 if some were quarantined, 503 if nothing is certain. Whatever
 * Kafka does, the answer comes within the answer timeout, and what is not let in is told so at once.
 */
final class EventRoutes {
    static final String PATH = "/api/v1/events";
    static final long MAX_BODY_BYTES = 1024 * 1024;

    private static final String PLACE = "countinghouse.place";
    private static final String DEADLINE = "countinghouse.deadline";
    /** While the log is in trouble, so many requests at a time find out whether it still is. */
    private static final int PROBES = 2;

    private final Intake intake;
    private final EventLog log;
    private final ClientNetworks networks;
    private final WorkerExecutor workers;
    private final EventAnswers answers;
    private final EventRates rates = new EventRates();
    private final Admission admission;
    private final Duration answerTimeout;
    private volatile boolean closed;

    EventRoutes(
            Intake intake,
            EventLog log,
            ClientNetworks networks,
            WorkerExecutor workers,
            IngestMetrics metrics,
            CollectorConfig config) {
        this.intake = intake;
        this.log = log;
        this.networks = networks;
        this.workers = workers;
        this.answers = new EventAnswers(metrics);
        this.admission = new Admission(config.maxRequests(), config.maxBodyBytes());
        this.answerTimeout = config.answerTimeout();
    }

    void mount(Router router, Access access) {
        // Routes of their own: a route takes a body handler only before any other, and a body is read only for who may
        // send it and when there is room for it.
        router.post(PATH).handler(access.require(AccessRole.PRODUCER, AccessRole.ADMIN));
        router.post(PATH).handler(this::admit);
        router.post(PATH)
                .handler(BodyHandler.create(false)
                        .setBodyLimit(MAX_BODY_BYTES)
                        // At most 64 KiB; else a batch is copied each time that its buffer doubles, from one KiB on.
                        .setPreallocateBodyBuffer(true));
        router.post(PATH).handler(this::receive);
    }

    /** Takes no more requests; those that are being stored are still answered. */
    void close() {
        closed = true;
    }

    private void admit(RoutingContext context) {
        if (closed) {
            answers.unavailable(context, "The collector is stopping");
            return;
        }
        if (log.isInTrouble() && admission.requests() >= PROBES) {
            answers.unavailable(context, "The event log does not acknowledge at the moment");
            return;
        }
        Optional<Place> place = admission.enter(bodyBytes(context));
        if (place.isEmpty()) {
            answers.unavailable(context, "Too many requests are waiting for the event log");
            return;
        }
        context.put(PLACE, place.get());
        context.put(DEADLINE, System.nanoTime() + answerTimeout.toNanos());
        long timer = context.vertx().setTimer(answerTimeout.toMillis(), late -> late(context));
        context.addEndHandler(ended -> {
            context.vertx().cancelTimer(timer);
            place.get().answered();
        });
        context.next();
    }

    private void late(RoutingContext context) {
        if (context.request().isEnded()) {
            answers.unavailable(context, "The events are not known to be stored");
        } else {
            answers.bodyTooSlow(context);
        }
    }

    private static long bodyBytes(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        try {
            return length == null ? MAX_BODY_BYTES : Math.min(MAX_BODY_BYTES, Long.parseLong(length));
        } catch (NumberFormatException e) {
            return MAX_BODY_BYTES;
        }
    }

    private void receive(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        byte[] body = context.body().buffer() == null
                ? new byte[0]
                : context.body().buffer().getBytes();
        Origin origin = new Origin(
                CorrelationId.named(context),
                networks.of(context.request().remoteAddress().hostAddress()),
                Envelope.traceparent(RequestSpans.traceparentOf(context)),
                ApiKey.of(context));
        Place place = context.get(PLACE);
        long deadline = context.get(DEADLINE);
        place.appending();
        workers.executeBlocking(() -> take(context, body, origin, deadline), false)
                .compose(outcome ->
                        Future.fromCompletionStage(outcome, context.vertx().getOrCreateContext()))
                .onComplete(outcome -> {
                    place.appended();
                    if (outcome.succeeded()) {
                        answers.stored(context, outcome.result());
                    } else {
                        answers.failed(context, outcome.cause());
                    }
                });
    }

    private CompletableFuture<Outcome> take(RoutingContext context, byte[] body, Origin origin, long deadline) {
        if (System.nanoTime() - deadline >= 0) {
            throw new LogUnavailableException("The request waited too long for its turn");
        }
        List<ReceivedEvent> events;
        try {
            events = RequestEvents.read(context.request().headers(), body);
        } catch (InvalidEventException e) {
            requireInRate(origin, 1);
            ReceivedEvent unreadable = new ReceivedEvent(0, MissingNode.getInstance(), body, 0, body.length);
            return intake.refuse(new RejectedEvent(unreadable, e.violation()));
        }
        requireInRate(origin, events.size());
        return intake.take(events, origin);
    }

    private void requireInRate(Origin origin, int events) {
        origin.key().ifPresent(key -> rates.retryAfterSeconds(key, events).ifPresent(seconds -> {
            throw new RateExceededException(key, seconds);
        }));
    }
}
