package countinghouse.testing.tracing;

import java.util.Map;

/**
 * A span as it arrived.
 *
 * @param traceId in hex
 * @param spanId in hex
 * @param parentId in hex, empty for the first of a trace
 * @param service of the process that sent it
 * @param process identity of the process that sent it
 * @param attributes as text
 */
public record ReceivedSpan(
        String traceId,
        String spanId,
        String parentId,
        String name,
        String service,
        String process,
        Map<String, String> attributes) {}
