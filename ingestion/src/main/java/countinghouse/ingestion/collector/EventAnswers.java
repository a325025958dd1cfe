package countinghouse.ingestion.collector;

import countinghouse.ingestion.collector.Intake.Outcome;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import countinghouse.schemas.registry.RegistryException;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a producer is told. A request is answered once: what comes after the first answer is dropped. */
final class EventAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(EventAnswers.class);
    private static final String RETRY_AFTER = "Retry-After";
    private static final String RETRY_AFTER_SECONDS = "2";

    private final IngestMetrics metrics;

    EventAnswers(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    /** Every record is acknowledged: 204, or a 400 that names what was quarantined. */
    void stored(RoutingContext context, Outcome outcome) {
        if (context.response().ended()) {
            return;
        }
        if (outcome.rejected().isEmpty()) {
            context.response().setStatusCode(204).end();
            return;
        }
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("stored", outcome.stored());
        extensions.put("quarantined", outcome.rejected().size());
        extensions.put("errors", errors(outcome.rejected()));
        context.fail(new ProblemException(
                CollectorError.EVENTS_REJECTED,
                "%d stored, %d quarantined; first: %s. Correct those named in 'errors'; resending the whole batch is safe"
                        .formatted(
                                outcome.stored(),
                                outcome.rejected().size(),
                                outcome.rejected().get(0).violation().message()),
                extensions));
    }

    /** Nothing is certain, or nothing was done. */
    void failed(RoutingContext context, Throwable failure) {
        if (context.response().ended()) {
            return;
        }
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof LogUnavailableException || cause instanceof RegistryException) {
            LOG.warn("Events could not be stored: {}", cause.getMessage());
            unavailable(context, "The events are not known to be stored");
        } else if (cause instanceof RateExceededException exceeded) {
            context.response().putHeader(RETRY_AFTER, Long.toString(exceeded.retryAfterSeconds()));
            context.fail(new ProblemException(KitError.RATE_LIMITED, exceeded.getMessage()));
        } else {
            context.fail(cause);
        }
    }

    /** Not now. */
    void unavailable(RoutingContext context, String why) {
        if (context.response().ended()) {
            return;
        }
        metrics.unavailable();
        context.response().putHeader(RETRY_AFTER, RETRY_AFTER_SECONDS);
        context.fail(new ProblemException(
                CollectorError.LOG_UNAVAILABLE,
                "%s; send the same request again after %s s, which is safe".formatted(why, RETRY_AFTER_SECONDS)));
    }

    /** The body did not come; the connection is of no more use, because the rest of the body may still arrive on it. */
    void bodyTooSlow(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        context.response().putHeader("Connection", "close");
        context.addEndHandler(ended -> context.request().connection().close());
        context.fail(new ProblemException(
                CollectorError.BODY_TOO_SLOW, "The body did not arrive in time; send smaller batches"));
    }

    private static List<Map<String, Object>> errors(List<RejectedEvent> rejected) {
        List<Map<String, Object>> errors = new ArrayList<>();
        for (RejectedEvent refused : rejected) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("index", refused.event().index());
            error.put("field", refused.violation().field());
            error.put("rule", refused.violation().rule());
            error.put("message", refused.violation().message());
            errors.add(error);
        }
        return errors;
    }
}
