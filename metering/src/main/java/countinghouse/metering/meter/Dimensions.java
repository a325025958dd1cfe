package countinghouse.metering.meter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import countinghouse.metering.event.Properties;
import countinghouse.metering.identity.Sha256;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The canonical text of a row's dimensions: a JSON object of strings with sorted keys and no white space. A value of more than
 * 128 characters stands as its first 32, {@code #} and its SHA-256 in hex.
 */
public final class Dimensions {
    public static final String NONE = "{}";

    private static final int MAX_VALUE_LENGTH = 128;
    private static final int KEPT_LENGTH = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Dimensions() {}

    /** The dimensions of one event for a meter; a property that the event lacks is left out. */
    static String of(Meter meter, Properties properties) {
        if (meter.dimensions().isEmpty()) {
            return NONE;
        }
        StringBuilder json = new StringBuilder("{");
        for (String dimension : meter.dimensions()) {
            Object value = properties.get(dimension);
            if (value != null) {
                append(json, dimension, shortened(PropertyText.of(value)));
            }
        }
        return json.append('}').toString();
    }

    /** Canonical text of dimensions given as a map. */
    public static String of(Map<String, String> dimensions) {
        StringBuilder json = new StringBuilder("{");
        new TreeMap<>(dimensions).forEach((name, value) -> append(json, name, value));
        return json.append('}').toString();
    }

    /** The dimensions in a canonical text, sorted by name. */
    public static Map<String, String> parse(String canonical) {
        try {
            return JSON.readValue(canonical, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'%s' is not the canonical text of dimensions".formatted(canonical), e);
        }
    }

    /** Row keys are index keys in every store, so a long value is named by its beginning and its SHA-256. */
    private static String shortened(String value) {
        if (value.length() <= MAX_VALUE_LENGTH) {
            return value;
        }
        byte[] digest = Sha256.of(value);
        return value.substring(0, KEPT_LENGTH) + "#" + HexFormat.of().formatHex(digest);
    }

    private static void append(StringBuilder json, String name, String value) {
        if (json.length() > 1) {
            json.append(',');
        }
        JsonStringEncoder encoder = JsonStringEncoder.getInstance();
        json.append('"');
        encoder.quoteAsString(name, json);
        json.append("\":\"");
        encoder.quoteAsString(value, json);
        json.append('"');
    }
}
