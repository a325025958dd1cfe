package countinghouse.serving.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.kit.http.Json;
import countinghouse.schemas.QuarantinedEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the quarantine.
 *
 * @param partition of the topic
 * @param offset in the partition
 * @param appendedAtMs when the broker appended it
 * @param type CloudEvents type, if the text as received is one event that tells it; else null
 * @param event what it holds
 */
public record QuarantineEntry(int partition, long offset, long appendedAtMs, String type, QuarantinedEvent event) {
    /** Reason of a record that is no quarantined event; whoever may write to the topic can add such. */
    private static final String UNREADABLE = "unreadable";

    static QuarantineEntry of(ConsumerRecord<byte[], byte[]> record) {
        QuarantinedEvent event = event(record);
        return new QuarantineEntry(
                record.partition(), record.offset(), record.timestamp(), type(event.payload()), event);
    }

    private static String type(String payload) {
        try {
            return Json.mapper()
                    .readTree(payload == null ? "" : payload)
                    .path("type")
                    .textValue();
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static QuarantinedEvent event(ConsumerRecord<byte[], byte[]> record) {
        String text = record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
        try {
            QuarantinedEvent event = Json.mapper().readValue(text, QuarantinedEvent.class);
            if (event != null && event.reason() != null) {
                return event;
            }
        } catch (JsonProcessingException e) {
            // Shown as it is, below.
        }
        return new QuarantinedEvent(
                UNREADABLE, null, "The record is no quarantined event", record.timestamp(), null, null, text);
    }

    /** The same with a text of at most that many characters; what is kept of many must be small. */
    QuarantineEntry shortened(int length) {
        String payload = event.payload();
        if (payload == null || payload.length() <= length) {
            return this;
        }
        return new QuarantineEntry(
                partition,
                offset,
                appendedAtMs,
                type,
                new QuarantinedEvent(
                        event.reason(),
                        event.field(),
                        event.message(),
                        event.receivedAt(),
                        event.source(),
                        event.account(),
                        payload.substring(0, length)));
    }
}
