package countinghouse.speed.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.http.Json;
import countinghouse.schemas.QuarantinedEvent;
import countinghouse.schemas.registry.UndecodableException;
import java.util.Base64;
import org.apache.kafka.streams.processor.api.Record;

/** What the quarantine topic is told about a record that is no event. */
final class Quarantine {
    private static final String UNDECODABLE = "undecodable";

    private Quarantine() {}

    /** The record for the quarantine topic; bytes that are no text travel as Base64. */
    static Record<byte[], byte[]> record(Record<byte[], byte[]> undecodable, UndecodableException reason) {
        String account = undecodable.key() == null ? null : new String(undecodable.key(), UTF_8);
        String payload = undecodable.value() == null ? "" : Base64.getEncoder().encodeToString(undecodable.value());
        QuarantinedEvent event = new QuarantinedEvent(
                UNDECODABLE, null, reason.getMessage(), undecodable.timestamp(), null, account, payload);
        return undecodable.withValue(Json.text(event).getBytes(UTF_8));
    }
}
