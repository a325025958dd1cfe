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
    /**
     * The ids of the request that this thread is at work for, as members of a JSON object, each with a comma after it; empty if it is at work
     * for none. No value has a character that JSON escapes: correlation ids are looked at when they come, the others are hexadecimal.
     */
    static Optional<String> members() {
        return current().map(RequestIds::asMembers);
    }

    private static Optional<RequestIds> current() {
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

    private String asMembers() {
        String correlation = "\"correlation_id\":\"%s\",".formatted(correlationId);
        return span.isValid()
                ? correlation
                        + "\"trace_id\":\"%s\",\"span_id\":\"%s\",\"trace_flags\":\"%s\","
                                .formatted(
                                        span.getTraceId(),
                                        span.getSpanId(),
                                        span.getTraceFlags().asHex())
                : correlation;
    }

    private static void keep(RequestIds ids) {
        Context context = Vertx.currentContext();
        if (context != null) {
            context.putLocal(RequestIdsStorage.IDS, ids);
        }
    }
}
