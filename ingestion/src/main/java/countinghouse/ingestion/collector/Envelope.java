package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The CloudEvents attributes that Countinghouse uses.
 *
 * @param type CloudEvents type
 * @param occurredAtMs event time in ms; the time of receipt if stamped
 * @param stamped whether the producer gave no time
 * @param traceparent W3C trace context; null if absent or malformed
 */
record Envelope(
        String id, String source, String account, String type, long occurredAtMs, boolean stamped, String traceparent) {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern JSON_MEDIA_TYPE = Pattern.compile("[^;]*[/+]json\\s*(;.*)?");

    /**
     * Reads the attributes; nothing required is ever invented.
     *
     * @throws InvalidEventException if a required attribute is absent or unreadable
     */
    static Envelope read(JsonNode event, long receivedAtMs) {
        if (!event.isObject()) {
            throw new InvalidEventException("type", null, "An event must be a JSON object");
        }
        String version = required(event, "specversion");
        if (!version.equals("1.0")) {
            throw new InvalidEventException(
                    "specversion", "specversion", "'specversion' is '%s'; only '1.0' is understood".formatted(version));
        }
        String contentType = optional(event, "datacontenttype");
        if (contentType != null && !isJson(contentType)) {
            throw new InvalidEventException(
                    "datacontenttype", "datacontenttype", "'%s' is not JSON".formatted(contentType));
        }
        String time = optional(event, "time");
        return new Envelope(
                required(event, "id"),
                required(event, "source"),
                required(event, "subject"),
                required(event, "type"),
                time == null ? receivedAtMs : millis(time),
                time == null,
                traceparent(event.path("traceparent").asText("")));
    }

    /** Whether a media type, with or without parameters, says that its content is JSON. */
    static boolean isJson(String mediaType) {
        return mediaType.equals("application/json")
                || JSON_MEDIA_TYPE.matcher(mediaType.toLowerCase(Locale.ROOT)).matches();
    }

    /** The trace context if it is well-formed, else null. */
    static String traceparent(String text) {
        return text != null && !text.isEmpty() && TRACEPARENT.matcher(text).matches() ? text : null;
    }

    private static String required(JsonNode event, String attribute) {
        String text = optional(event, attribute);
        if (text == null || text.isBlank()) {
            throw new InvalidEventException(
                    "required", attribute, "'%s' is required and must not be blank".formatted(attribute));
        }
        return text;
    }

    private static String optional(JsonNode event, String attribute) {
        JsonNode value = event.get(attribute);
        return value == null || value.isNull() ? null : DataFields.text(value, attribute);
    }

    private static long millis(String time) {
        try {
            return EventTime.millis(time);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidEventException(
                    "time",
                    "time",
                    "'time' is '%s'; it must be RFC 3339, e.g. 2026-01-31T23:59:59.999Z".formatted(time));
        }
    }
}
