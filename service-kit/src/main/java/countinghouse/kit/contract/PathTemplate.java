package countinghouse.kit.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A path of the contract, {@code /api/v1/meters/{slug}}. */
record PathTemplate(String text, List<String> segments) {
    static PathTemplate of(String text) {
        return new PathTemplate(text, segmentsOf(text));
    }

    /** The segments of a path; a slash at its end makes none. */
    static List<String> segmentsOf(String path) {
        return List.of(path.split("/"));
    }

    /** How many segments are not parameters: of two templates that match, the one with more is meant. */
    long fixedSegments() {
        return segments.stream().filter(segment -> !isParameter(segment)).count();
    }

    boolean matches(List<String> path) {
        if (path.size() != segments.size()) {
            return false;
        }
        for (int index = 0; index < path.size(); index++) {
            String segment = segments.get(index);
            if (isParameter(segment) ? path.get(index).isEmpty() : !segment.equals(path.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** The decoded parameters of a path that matches; a text that cannot be decoded stays as it is. */
    Map<String, String> parameters(List<String> path) {
        Map<String, String> parameters = new HashMap<>();
        for (int index = 0; index < path.size(); index++) {
            String segment = segments.get(index);
            if (isParameter(segment)) {
                parameters.put(segment.substring(1, segment.length() - 1), decoded(path.get(index)));
            }
        }
        return parameters;
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
