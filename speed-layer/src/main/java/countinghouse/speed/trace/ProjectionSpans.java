package countinghouse.speed.trace;

import countinghouse.kit.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Instant;
import java.util.List;

/** A span for each traced event whose rows were written to Redis. */
public final class ProjectionSpans {
    private final Tracing tracing;

    public ProjectionSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /**
     * Rows are in Redis.
     *
     * @param traceparents the spans under which their events were counted
     * @param begun when the writing began
     * @param ended when Redis had taken it
     * @param rows how many were written together
     */
    public void written(List<String> traceparents, Instant begun, Instant ended, int rows) {
        if (!tracing.isOn()) {
            return;
        }
        for (String traceparent : traceparents) {
            tracing.span("write to redis", SpanKind.CLIENT, traceparent)
                    .setAttribute("db.system.name", "redis")
                    .setAttribute("db.operation.batch.size", rows)
                    .setStartTimestamp(begun)
                    .startSpan()
                    .end(ended);
        }
    }
}
