package countinghouse.ingestion.collector;

import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;

/** The events of an HTTP request in any of the forms of CloudEvents: structured, batch, binary, or plain JSON of one or many. */
final class RequestEvents {
    static final int MAX_EVENTS = 2_000;

    private static final String CLOUD_EVENTS = "application/cloudevents";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final String PLAIN = "application/json";

    private RequestEvents() {}

    /**
     * Reads the events; whether each is valid is for others to say.
     *
     * @throws ProblemException if the media type or the number of events is not accepted
     * @throws InvalidEventException if the body is not readable as JSON
     */
    static List<ReceivedEvent> read(MultiMap headers, byte[] body) {
        requireUncompressed(headers);
        String mediaType = mediaType(headers);
        if (BinaryEvent.isIn(headers)
                && !mediaType.startsWith(CLOUD_EVENTS)
                && (mediaType.isEmpty() || Envelope.isJson(mediaType))) {
            return List.of(BinaryEvent.read(headers, body));
        }
        return switch (mediaType) {
            case STRUCTURED, BATCH, PLAIN -> EventJson.events(body, MAX_EVENTS);
            default ->
                throw new ProblemException(
                        KitError.UNSUPPORTED_MEDIA_TYPE,
                        "'Content-Type' is '%s'; send %s, %s or %s".formatted(mediaType, STRUCTURED, BATCH, PLAIN));
        };
    }

    private static void requireUncompressed(MultiMap headers) {
        String encoding = headers.get("Content-Encoding");
        if (encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    KitError.UNSUPPORTED_MEDIA_TYPE,
                    "'Content-Encoding' is '%s'; send the body uncompressed".formatted(encoding));
        }
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
}
