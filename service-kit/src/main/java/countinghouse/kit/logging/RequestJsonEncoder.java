package countinghouse.kit.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.opentelemetry.api.trace.SpanContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Logback's JSON lines, with the ids of the request at the top: {@code correlation_id}, and {@code trace_id}, {@code span_id} and
 * {@code trace_flags} as OpenTelemetry names them in logs that are not its own (Trace Context in non-OTLP Log Formats).
 */
public final class RequestJsonEncoder extends JsonEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] line = super.encode(event);
        Optional<RequestIds> ids = RequestIds.current();
        if (ids.isEmpty()) {
            return line;
        }
        byte[] members = members(ids.get()).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(line.length + members.length)
                .put(line, 0, 1)
                .put(members)
                .put(line, 1, line.length - 1)
                .array();
    }

    /** None of the values has a character that JSON escapes: correlation ids are looked at when they come, the others are hexadecimal. */
    private static String members(RequestIds ids) {
        String correlation = "\"correlation_id\":\"%s\",".formatted(ids.correlationId());
        SpanContext span = ids.span();
        return span.isValid()
                ? correlation
                        + "\"trace_id\":\"%s\",\"span_id\":\"%s\",\"trace_flags\":\"%s\","
                                .formatted(
                                        span.getTraceId(),
                                        span.getSpanId(),
                                        span.getTraceFlags().asHex())
                : correlation;
    }
}
