package countinghouse.ingestion.collector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Base64;

/** The data of a CloudEvent in JSON: the member {@code data}, or JSON in {@code data_base64}, which SDKs write for data given as bytes. */
final class EventData {
    private static final String PLAIN = "data";
    private static final String ENCODED = "data_base64";

    private EventData() {}

    /**
     * The data; a missing node if there is none.
     *
     * @throws InvalidEventException if there are both forms, or the encoded one holds no JSON
     */
    static JsonNode of(JsonNode event) {
        JsonNode encoded = event.path(ENCODED);
        if (encoded.isMissingNode() || encoded.isNull()) {
            return event.path(PLAIN);
        }
        if (event.hasNonNull(PLAIN)) {
            throw new InvalidEventException(PLAIN, ENCODED, "Send 'data' or 'data_base64', not both");
        }
        byte[] body = decoded(encoded);
        try {
            return body.length == 0 ? MissingNode.getInstance() : EventJson.object(body);
        } catch (InvalidEventException e) {
            throw new InvalidEventException(
                    PLAIN, ENCODED, "'data_base64': " + e.violation().message());
        }
    }

    private static byte[] decoded(JsonNode encoded) {
        try {
            return Base64.getDecoder().decode(DataFields.text(encoded, ENCODED));
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException(
                    PLAIN, ENCODED, "'data_base64' is not Base64 (%s)".formatted(e.getMessage()));
        }
    }
}
