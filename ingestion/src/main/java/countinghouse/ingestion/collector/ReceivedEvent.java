package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One event of a request, parsed but not judged.
 *
 * @param index place in the request, from 0
 * @param json the CloudEvent in JSON; any JSON value
 * @param body the bytes that it was read from, in UTF-8; not copied
 * @param from first byte of the event in the body
 * @param to the byte after its last
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReceivedEvent(int index, JsonNode json, byte[] body, int from, int to) {
    /** An event that did not come as text. */
    static ReceivedEvent of(JsonNode json) {
        byte[] text = json.toString().getBytes(UTF_8);
        return new ReceivedEvent(0, json, text, 0, text.length);
    }

    /** The event as received. */
    String text() {
        return new String(body, from, to - from, UTF_8);
    }

    /** Length of its text in bytes. */
    int length() {
        return to - from;
    }
}
