package countinghouse.ingestion.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.ingestion.network.NetworkHash;
import countinghouse.kit.http.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Turns lines of an access log into views: of the path as the video, for the first part of the path as the account. The same line
 * with the same shift always gives the same event, so that importing a file again changes nothing.
 */
final class LogViews {
    private static final String SOURCE = "urn:countinghouse:import:combined";
    private static final String ROOT_ACCOUNT = "root";
    private static final Pattern NOT_IN_VIDEO_ID = Pattern.compile("[^A-Za-z0-9_-]");
    /** With the digits of the hash, a video id has at most 256 characters. */
    private static final int MAX_PATH_LENGTH = 248;

    private static final int PATH_HASH_BYTES = 4;
    private static final int LINE_HASH_BYTES = 16;

    private final NetworkHash hash;
    private final ClientNetworks networks;
    private final Duration shift;

    /** Views under a key for pseudonyms, their times moved by a shift. */
    LogViews(NetworkHash hash, ClientNetworks networks, Duration shift) {
        this.hash = hash;
        this.networks = networks;
        this.shift = shift;
    }

    /** The CloudEvent in JSON of a line that is a view. */
    String event(String text, CombinedLogLine line) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("video_id", videoIdOf(line.path()));
        data.put("user_id", hash.of(line.client()));
        data.put("referrer", line.referrer());
        data.put("user_agent", line.userAgent());
        data.put("client_network", networks.of(line.client()));
        data.values().removeIf(value -> value == null);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", "line-" + hex(text, LINE_HASH_BYTES));
        event.put("source", SOURCE);
        event.put("type", "video.view");
        event.put("subject", accountOf(line.path()));
        event.put("time", line.time().plus(shift).toString());
        event.put("data", data);
        return Json.text(event);
    }

    static String videoIdOf(String path) {
        String replaced = NOT_IN_VIDEO_ID.matcher(path).replaceAll("_");
        String kept = replaced.length() <= MAX_PATH_LENGTH ? replaced : replaced.substring(0, MAX_PATH_LENGTH);
        return kept + hex(path, PATH_HASH_BYTES);
    }

    /** The text between the first and the second slash. */
    static String accountOf(String path) {
        int first = path.indexOf('/');
        if (first < 0) {
            return ROOT_ACCOUNT;
        }
        int second = path.indexOf('/', first + 1);
        String account = second < 0 ? path.substring(first + 1) : path.substring(first + 1, second);
        return account.isBlank() ? ROOT_ACCOUNT : account;
    }

    private static String hex(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
