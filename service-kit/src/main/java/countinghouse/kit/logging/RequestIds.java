package countinghouse.kit.logging;

import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * What the log lines of a request are found by. The ids go wherever Vert.x takes the request: through callbacks, and onto worker threads.
 *
 * @param correlationId of the request
 * @param span of the request; invalid if it has none
 */
public record RequestIds(String correlationId, SpanContext span) {
    /** The request that this thread is at work for; empty if it is at work for none. */
    static Optional<RequestIds> current() {
        return Optional.ofNullable(Vertx.currentContext()).map(context -> context.getLocal(RequestIdsStorage.IDS));
    }

    /** From here on this thread's request is known by its correlation id. */
    static void begin(String correlationId) {
        keep(new RequestIds(correlationId, SpanContext.getInvalid()));
    }

    /** From here on this thread's request is known by its span, too. */
    public static void under(SpanContext span) {
        current().ifPresent(ids -> keep(new RequestIds(ids.correlationId, span)));
    }

    private static void keep(RequestIds ids) {
        Context context = Vertx.currentContext();
        if (context != null) {
            context.putLocal(RequestIdsStorage.IDS, ids);
        }
    }
}
