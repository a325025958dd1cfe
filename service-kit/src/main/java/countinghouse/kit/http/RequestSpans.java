package countinghouse.kit.http;

import countinghouse.kit.logging.CorrelationId;
import countinghouse.kit.logging.RequestIds;
import countinghouse.kit.tracing.TraceParent;
import countinghouse.kit.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** A span around each request that is sampled, in the trace of the caller or a new one. */
public final class RequestSpans implements Handler<RoutingContext> {
    private static final String KEY = "countinghouse.traceparent";
    private static final int FIRST_SERVER_ERROR = 500;

    private final Tracing tracing;

    RequestSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    @Override
    public void handle(RoutingContext context) {
        String method = HttpService.methodOf(context);
        Span span = tracing.span(method, SpanKind.SERVER, context.request().getHeader(TraceParent.HEADER))
                .startSpan();
        RequestIds.under(span.getSpanContext());
        if (span.isRecording()) {
            context.put(KEY, TraceParent.format(span.getSpanContext()));
            context.addEndHandler(ended -> end(span, method, context));
        }
        context.next();
    }

    /** What the work for a request belongs under: its span if there is one, else what the caller said; null if neither. */
    public static String traceparentOf(RoutingContext context) {
        String own = context.get(KEY);
        return own == null ? context.request().getHeader(TraceParent.HEADER) : own;
    }

    private static void end(Span span, String method, RoutingContext context) {
        String route = HttpService.templateOf(context);
        int status = context.response().getStatusCode();
        span.updateName(method + " " + route)
                .setAttribute("http.request.method", method)
                .setAttribute("http.route", route)
                .setAttribute("http.response.status_code", status)
                .setAttribute("countinghouse.correlation_id", CorrelationId.of(context));
        if (status >= FIRST_SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
