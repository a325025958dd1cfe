package countinghouse.serving.query;

import countinghouse.kit.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The opaque text that leads to older entries: exclusive ends by partition. */
final class QuarantineCursor {
    private QuarantineCursor() {}

    static String text(Map<Integer, Long> older) {
        String plain = new TreeMap<>(older)
                .entrySet().stream()
                        .map(one -> one.getKey() + ":" + one.getValue())
                        .collect(Collectors.joining(","));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws ProblemException if it is no text that this API gave out */
    static Map<Integer, Long> parse(String cursor) {
        Map<Integer, Long> older = new HashMap<>();
        try {
            String plain = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            for (String one : plain.split(",", -1)) {
                int colon = one.indexOf(':');
                long end = Long.parseLong(one.substring(colon + 1));
                if (end < 0) {
                    throw new NumberFormatException(one);
                }
                older.put(Integer.parseInt(one.substring(0, Math.max(0, colon))), end);
            }
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY, "The parameter 'cursor' is not one that this API gave out");
        }
        return older;
    }
}
