package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON of producers: exact decimals, bounded nesting and numbers, no repeated names. Each event comes with its text as
 * received, for the quarantine.
 */
final class EventJson {
    static final int MAX_NESTING = 32;
    private static final int MAX_NUMBER_LENGTH = 64;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build()
            .reader();

    private EventJson() {}

    /**
     * The events of a body: the elements of an array, or the one value.
     *
     * @throws InvalidEventException if the body is not one JSON value in UTF-8
     */
    static List<ReceivedEvent> events(byte[] body) {
        String text = decoded(body);
        try (JsonParser parser = READER.createParser(text)) {
            List<ReceivedEvent> events = new ArrayList<>();
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    events.add(event(events.size(), parser, text));
                }
            } else if (first != null) {
                events.add(event(0, parser, text));
            }
            if (first == null || parser.nextToken() != null) {
                throw malformed("the body must be exactly one JSON value");
            }
            return events;
        } catch (IOException e) {
            throw malformed(e.getMessage());
        } catch (ArithmeticException e) {
            throw malformed("a number is beyond any exponent that could be stored");
        }
    }

    /** The one JSON value of a binary-mode body. */
    static JsonNode value(byte[] body) {
        List<ReceivedEvent> values = events(body);
        if (values.size() != 1 || decoded(body).stripLeading().startsWith("[")) {
            throw malformed("the data must be one JSON object");
        }
        return values.get(0).json();
    }

    private static ReceivedEvent event(int index, JsonParser parser, String text) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getCharOffset());
        JsonNode json = READER.readTree(parser);
        int end = Math.toIntExact(parser.currentLocation().getCharOffset());
        return new ReceivedEvent(index, json, text.substring(start, end));
    }

    private static String decoded(byte[] body) {
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw malformed("the body is not UTF-8");
        }
    }

    private static InvalidEventException malformed(String why) {
        return new InvalidEventException("json", null, "The body cannot be read as JSON: " + why);
    }
}
