package countinghouse.ingestion.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import countinghouse.kit.http.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON of producers: exact decimals, bounded nesting and numbers, no repeated names. Each event comes with its text as
 * received, for the quarantine.
 */
final class EventJson {
    static final int MAX_NESTING = 32;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int DETECTED_BYTES = 4;

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
     * @throws ProblemException if there are more of them than the most
     * @throws InvalidEventException if the body is not one JSON value in UTF-8
     */
    static List<ReceivedEvent> events(byte[] body, int most) {
        return parsed(body, parser -> {
            List<ReceivedEvent> events = new ArrayList<>();
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                events.add(event(0, parser, body));
                return events;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                requireFewer(events.size(), most);
                events.add(event(events.size(), parser, body));
            }
            return events;
        });
    }

    /**
     * The one JSON object of data that travels on its own.
     *
     * @throws InvalidEventException if it is anything else
     */
    static JsonNode object(byte[] body) {
        JsonNode value = parsed(body, READER::readTree);
        if (!value.isObject()) {
            throw malformed("the data must be one JSON object");
        }
        return value;
    }

    private interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }

    private static <T> T parsed(byte[] body, Reading<T> reading) {
        requireUtf8(body);
        try (JsonParser parser = READER.createParser(body)) {
            if (parser.nextToken() == null) {
                throw malformed("it is empty");
            }
            T value = reading.read(parser);
            if (parser.nextToken() != null) {
                throw malformed("it must be exactly one JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw malformed(reason(e));
        } catch (IOException e) {
            throw malformed(e.getMessage());
        } catch (ArithmeticException | NumberFormatException e) {
            throw malformed("a number is beyond any exponent that could be stored");
        }
    }

    /** Without the parser's note on where the text came from. */
    private static String reason(JsonProcessingException failure) {
        JsonLocation where = failure.getLocation();
        return where == null
                ? failure.getOriginalMessage()
                : "%s (line %d, column %d)"
                        .formatted(failure.getOriginalMessage(), where.getLineNr(), where.getColumnNr());
    }

    private static ReceivedEvent event(int index, JsonParser parser, byte[] body) throws IOException {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        JsonNode json = READER.readTree(parser);
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return new ReceivedEvent(index, json, body, start, end);
    }

    /** The parser would guess UTF-16 and UTF-32 from zero bytes at the start, and lets some malformed sequences pass. */
    private static void requireUtf8(byte[] body) {
        boolean wide = false;
        for (int i = 0; i < Math.min(body.length, DETECTED_BYTES); i++) {
            wide |= body[i] == 0;
        }
        if (wide || !Utf8.isValid(body)) {
            throw malformed("it is not UTF-8");
        }
    }

    private static void requireFewer(int events, int most) {
        if (events == most) {
            throw new ProblemException(
                    CollectorError.BATCH_TOO_LARGE,
                    "The batch has more than %d events; send at most %d at a time".formatted(most, most));
        }
    }

    private static InvalidEventException malformed(String why) {
        return new InvalidEventException("json", null, "The body cannot be read as JSON: " + why);
    }
}
