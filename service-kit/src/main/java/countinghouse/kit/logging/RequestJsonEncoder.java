package countinghouse.kit.logging;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Logback's JSON lines, with the ids of the request at the top: {@code correlation_id}, and {@code trace_id}, {@code span_id} and
 * {@code trace_flags} as OpenTelemetry names them in logs that are not its own (Trace Context in non-OTLP Log Formats).
 */
public final class RequestJsonEncoder extends JsonEncoder {
    private final Supplier<Optional<String>> members = servesRequests() ? RequestIds::members : Optional::empty;

    @Override
    public byte[] encode(ILoggingEvent event) {
        byte[] line = super.encode(event);
        return members.get().map(ids -> with(ids, line)).orElse(line);
    }

    private static byte[] with(String ids, byte[] line) {
        byte[] first = ids.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(line.length + first.length)
                .put(line, 0, 1)
                .put(first)
                .put(line, 1, line.length - 1)
                .array();
    }

    /** The class paths of Spark and of the harnesses have no Vert.x. */
    private static boolean servesRequests() {
        try {
            Class.forName("io.vertx.core.Vertx", false, RequestJsonEncoder.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
