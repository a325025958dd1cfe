package countinghouse.speed.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.tracing.TraceParent;
import countinghouse.kit.tracing.Tracing;
import countinghouse.schemas.Topics;
import countinghouse.speed.state.ChangelogWriter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A span for each record of a task whose event is traced, from its counting until its rows are written for the next commit. Events that
 * nobody traces cost a look at a flag, or at their headers while tracing is on (ADR 0156).
 */
public final class CountSpans {
    /** What one commit hands to the projector at most: a producer that has all its events traced must not blow up the counts topic. */
    static final int MAX_PER_COMMIT = 100;

    private final Tracing tracing;
    private final int partition;
    private final List<Span> open = new ArrayList<>();

    /**
     * @param partition of the task
     */
    public CountSpans(Tracing tracing, int partition) {
        this.tracing = tracing;
        this.partition = partition;
    }

    /**
     * A record was counted, or passed over.
     *
     * @param outcome what became of it
     */
    public void counted(TopicPartition source, long offset, Headers headers, Enum<?> outcome) {
        if (tracing.isOn()) {
            begin(source, offset, headers, outcome);
        }
    }

    private void begin(TopicPartition source, long offset, Headers headers, Enum<?> outcome) {
        Header header = headers.lastHeader(Topics.TRACE_HEADER);
        if (header == null || header.value() == null || open.size() >= MAX_PER_COMMIT) {
            return;
        }
        String traceparent = new String(header.value(), UTF_8);
        if (!TraceParent.isSampled(traceparent)) {
            return;
        }
        Span span = tracing.span("count " + source.topic(), SpanKind.CONSUMER, traceparent)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", source.topic())
                .setAttribute("messaging.destination.partition.id", Integer.toString(source.partition()))
                .setAttribute("messaging.kafka.offset", offset)
                .setAttribute("countinghouse.outcome", outcome.name().toLowerCase(Locale.ROOT))
                .startSpan();
        if (span.isRecording()) {
            open.add(span);
        }
    }

    /** Ends the spans, and writes what the projector needs to go on from them; called when the rows are written. */
    public void flush(ChangelogWriter changelog) {
        if (open.isEmpty()) {
            return;
        }
        List<String> traceparents = open.stream()
                .map(span -> TraceParent.format(span.getSpanContext()))
                .toList();
        changelog.write(TraceEntry.encodeKey(partition), TraceEntry.encodeValue(traceparents));
        open.forEach(Span::end);
        open.clear();
    }
}
