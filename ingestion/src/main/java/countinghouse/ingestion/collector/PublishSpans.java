package countinghouse.ingestion.collector;

import countinghouse.kit.tracing.TraceParent;
import countinghouse.kit.tracing.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.ArrayList;
import java.util.List;

/** The spans of one request's traced events, from their mapping until Kafka has acknowledged all of them. */
final class PublishSpans {
    private final Tracing tracing;
    private final List<Span> open = new ArrayList<>();

    PublishSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * The trace context that the records of an event carry: that of a span of their own if the event is traced, else what came with it; null
     * if nothing did.
     *
     * @param requestTrace what an event without a context of its own belongs under, null if nothing
     */
    String carry(MappedEvent event, String requestTrace) {
        String trace = event.traceparent() == null ? requestTrace : event.traceparent();
        if (!tracing.isOn() || !TraceParent.isSampled(trace)) {
            return trace;
        }
        Span span = tracing.span("publish " + event.type().topic(), SpanKind.PRODUCER, trace)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", event.type().topic())
                .setAttribute("cloudevents.event_type", event.cloudEventType())
                .setAttribute("cloudevents.event_source", event.source())
                .startSpan();
        open.add(span);
        return TraceParent.format(span.getSpanContext());
    }

    /**
     * Kafka has answered.
     *
     * @param failure null if everything is stored
     */
    void ended(Void stored, Throwable failure) {
        for (Span span : open) {
            if (failure != null) {
                span.setStatus(StatusCode.ERROR, "not known to be stored");
            }
            span.end();
        }
    }
}
