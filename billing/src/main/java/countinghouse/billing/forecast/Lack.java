package countinghouse.billing.forecast;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that counts lack.
 *
 * @param code for programs; they may meet newer ones
 * @param text for people
 * @param dimension by which counts are not live; null if it is something else
 * @param through when they are known all the same; null if it is something else, or they are not known at all
 */
public record Lack(String code, String text, String dimension, Instant through) {
    /** Some live counts, of any kind. */
    static Lack ofLiveCounts(String text) {
        return new Lack("live-counts", text, null, null);
    }

    /** Counts by a dimension since a generation was closed. */
    static Lack since(Instant through, String dimension) {
        return new Lack(
                "after-closed",
                "counts by '%s' are known through %s only".formatted(dimension, through),
                dimension,
                through);
    }

    /** Every count by a dimension. */
    static Lack beforeTheFirstGeneration(String dimension) {
        return new Lack(
                "not-published",
                "counts by '%s' are not known before a generation is published".formatted(dimension),
                dimension,
                null);
    }

    /** What programs need; the text is told beside it. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", code);
        if (dimension != null) {
            json.put("dimension", dimension);
        }
        if (through != null) {
            json.put("through", through);
        }
        return json;
    }
}
