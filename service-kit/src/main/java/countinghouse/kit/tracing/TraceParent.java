package countinghouse.kit.tracing;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The W3C header {@code traceparent}, version 00: which span of which trace asked for something, and whether it is kept. */
public final class TraceParent {
    public static final String HEADER = "traceparent";

    private static final Pattern FORM = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final int LENGTH = 55;

    private TraceParent() {}

    /** The span that a header names; an invalid context if the header is absent or malformed. */
    public static SpanContext parse(String header) {
        Matcher form = FORM.matcher(header == null ? "" : header);
        return form.matches()
                ? SpanContext.createFromRemoteParent(
                        form.group(1), form.group(2), TraceFlags.fromHex(form.group(3), 0), TraceState.getDefault())
                : SpanContext.getInvalid();
    }

    /** The header that names a span. */
    public static String format(SpanContext span) {
        return "00-%s-%s-%s"
                .formatted(
                        span.getTraceId(),
                        span.getSpanId(),
                        span.getTraceFlags().asHex());
    }

    /** Whether somebody keeps the trace that a header names; cheap, as most events have none that is. */
    public static boolean isSampled(String header) {
        return header != null && header.length() == LENGTH && (Character.digit(header.charAt(LENGTH - 1), 16) & 1) == 1;
    }
}
