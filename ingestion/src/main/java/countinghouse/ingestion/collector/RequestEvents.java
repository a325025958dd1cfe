package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;

/** The events of an HTTP request in any of the forms of CloudEvents: structured, batch, binary, or plain JSON of one or many. */
final class RequestEvents {
    static final int MAX_EVENTS = 2_000;

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String PLAIN = "application/json";
    private static final String BINARY_PREFIX = "ce-";

    private RequestEvents() {}

    /**
     * Reads the events; whether each is valid is for others to say.
     *
     * @throws ProblemException if the media type or the number of events is not accepted
     * @throws InvalidEventException if the body is not readable as JSON
     */
    static List<ReceivedEvent> read(MultiMap headers, byte[] body) {
        String mediaType = mediaType(headers);
        boolean binary = headers.contains(BINARY_PREFIX + "specversion");
        if (binary && (mediaType.isEmpty() || mediaType.equals(PLAIN))) {
            return List.of(binary(headers, body));
        }
        List<ReceivedEvent> events =
                switch (mediaType) {
                    case STRUCTURED, BATCH, PLAIN -> EventJson.events(body);
                    default ->
                        throw new ProblemException(
                                KitError.UNSUPPORTED_MEDIA_TYPE,
                                "'Content-Type' is '%s'; send %s, %s or %s"
                                        .formatted(mediaType, STRUCTURED, BATCH, PLAIN));
                };
        if (events.size() > MAX_EVENTS) {
            throw new ProblemException(
                    CollectorError.BATCH_TOO_LARGE,
                    "The batch has %d events; send at most %d at a time".formatted(events.size(), MAX_EVENTS));
        }
        return events;
    }

    private static String mediaType(MultiMap headers) {
        String contentType = headers.get("Content-Type");
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.trim().toLowerCase(Locale.ROOT);
    }

    private static ReceivedEvent binary(MultiMap headers, byte[] body) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, value) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (lowerCase.startsWith(BINARY_PREFIX)) {
                event.put(lowerCase.substring(BINARY_PREFIX.length()), decoded(value));
            }
        });
        if (body.length > 0) {
            event.set("data", EventJson.value(body));
        }
        return new ReceivedEvent(0, event, event.toString());
    }

    /** CloudEvents header values are percent-encoded; a plus sign stands for itself. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException(
                    "json", null, "The header value '%s' is not percent-encoded".formatted(value));
        }
    }
}
