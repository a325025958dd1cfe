package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * The event of a request in CloudEvents' binary mode: attributes in headers, data in the body. A header's value is read as the HTTP binding
 * says (unquoted, then percent-decoded, then UTF-8), and a percent sign that encodes nothing stands for itself, because not every SDK encodes.
 */
final class BinaryEvent {
    private static final String PREFIX = "ce-";

    private BinaryEvent() {}

    static boolean isIn(MultiMap headers) {
        return headers.contains(PREFIX + "specversion");
    }

    /**
     * The event as structured mode would have it.
     *
     * @throws InvalidEventException if a header is not UTF-8 once decoded, or the body is not one JSON object
     */
    static ReceivedEvent read(MultiMap headers, byte[] body) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        headers.forEach((name, value) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (lowerCase.startsWith(PREFIX)) {
                event.put(lowerCase.substring(PREFIX.length()), decoded(lowerCase, value));
            }
        });
        if (body.length > 0) {
            event.set("data", EventJson.object(body));
        }
        return ReceivedEvent.of(event);
    }

    private static String decoded(String name, String value) {
        // The server hands out each byte of a header as one character.
        byte[] bytes = unquoted(value.strip()).getBytes(ISO_8859_1);
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 < bytes.length && bytes[i] == '%' ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                plain.write(bytes[i]);
            } else {
                plain.write(high << 4 | low);
                i += 2;
            }
        }
        return Utf8.decode(plain.toByteArray())
                .orElseThrow(() -> new InvalidEventException(
                        "characters", name.substring(PREFIX.length()), "The header '%s' is not UTF-8".formatted(name)));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
