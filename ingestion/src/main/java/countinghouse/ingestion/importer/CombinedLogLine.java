package countinghouse.ingestion.importer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an access log in the combined format.
 *
 * @param client address or name of the client
 * @param time when the request was served
 * @param method of the request
 * @param path of the request, without its query string
 * @param status of the answer
 * @param referrer null if none
 * @param userAgent null if none
 */
record CombinedLogLine(
        String client, Instant time, String method, String path, int status, String referrer, String userAgent) {
    private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern FORMAT = Pattern.compile(
            "(\\S+) \\S+ .*? \\[([^\\]]+)\\] " + QUOTED + " (\\d{3}) (?:\\d+|-)(?: " + QUOTED + " " + QUOTED + ")?.*");
    private static final Pattern REQUEST = Pattern.compile("(\\S+) (.*?)(?: HTTP/\\S+)?");
    private static final Pattern ABSOLUTE = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    /** The line's fields; empty if it is not of the format. */
    static Optional<CombinedLogLine> parse(String line) {
        Matcher fields = FORMAT.matcher(line);
        if (!fields.matches()) {
            return Optional.empty();
        }
        Matcher request = REQUEST.matcher(fields.group(3));
        if (!request.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CombinedLogLine(
                    fields.group(1),
                    OffsetDateTime.parse(fields.group(2), TIME).toInstant(),
                    request.group(1),
                    pathOf(request.group(2)),
                    Integer.parseInt(fields.group(4)),
                    presentOrNull(fields.group(5)),
                    presentOrNull(fields.group(6))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether somebody was shown something: a GET that was answered with the content, or that it had not changed. */
    boolean isView() {
        return method.equals("GET") && (status == 200 || status == 304);
    }

    private static String pathOf(String target) {
        String path = ABSOLUTE.matcher(target).replaceFirst("");
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private static String presentOrNull(String field) {
        return field == null || field.isEmpty() || field.equals("-") ? null : field;
    }
}
