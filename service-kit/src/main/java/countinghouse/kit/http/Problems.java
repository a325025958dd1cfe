package countinghouse.kit.http;

import countinghouse.kit.logging.CorrelationId;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failed request into {@code application/problem+json}; what is not a {@link ProblemException} says nothing of its inside. */
public final class Problems implements Handler<RoutingContext> {
    /** Exactly this, without a charset: the OpenMeter SDK parses nothing else. */
    public static final String CONTENT_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final String TYPE_PREFIX = "urn:countinghouse:problem:";

    @Override
    public void handle(RoutingContext context) {
        if (context.response().ended()) {
            return;
        }
        Throwable failure = context.failure();
        if (failure instanceof ProblemException problem) {
            send(context, problem);
        } else if (failure instanceof HttpException http) {
            send(context, new ProblemException(errorOf(http.getStatusCode()), detailOf(context, http.getStatusCode())));
        } else if (failure == null && context.statusCode() >= 400) {
            send(context, new ProblemException(errorOf(context.statusCode()), detailOf(context, context.statusCode())));
        } else {
            LOG.error("Request {} {} failed", context.request().method(), context.normalizedPath(), failure);
            send(context, new ProblemException(KitError.INTERNAL, "The request failed; the log has the details"));
        }
    }

    private static void send(RoutingContext context, ProblemException problem) {
        if (problem.error().status() == UNAVAILABLE
                && !context.response().headers().contains("Retry-After")) {
            context.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        context.response()
                .setStatusCode(problem.error().status())
                .putHeader("Content-Type", CONTENT_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(body(problem, CorrelationId.of(context)));
    }

    static String body(ProblemException problem, String correlationId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPE_PREFIX + problem.error().code());
        body.put("title", problem.error().title());
        body.put("status", problem.error().status());
        body.put("detail", problem.getMessage());
        body.put("code", problem.error().code());
        body.put("correlationId", correlationId);
        body.putAll(problem.extensions());
        return Json.text(body);
    }

    private static ErrorCode errorOf(int status) {
        return switch (status) {
            case 401 -> KitError.UNAUTHENTICATED;
            case 403 -> KitError.FORBIDDEN;
            case 404 -> KitError.NOT_FOUND;
            case 405 -> KitError.METHOD_NOT_ALLOWED;
            case 406 -> KitError.NOT_ACCEPTABLE;
            case 413 -> KitError.BODY_TOO_LARGE;
            case 415 -> KitError.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> KitError.UNAVAILABLE;
            default -> status >= 500 ? KitError.INTERNAL : KitError.INVALID_REQUEST;
        };
    }

    private static String detailOf(RoutingContext context, int status) {
        return "%s %s: %s"
                .formatted(
                        context.request().method(),
                        context.normalizedPath(),
                        errorOf(status).title().toLowerCase(Locale.ROOT));
    }
}
