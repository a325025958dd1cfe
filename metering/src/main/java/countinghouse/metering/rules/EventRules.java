package countinghouse.metering.rules;

import countinghouse.metering.event.CustomProperties;
import countinghouse.metering.event.Event;
import countinghouse.metering.row.Decimals;
import countinghouse.schemas.EventType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Whether a record is a valid event (design.md, section 3). The door asks with its own clock, early; the layers ask with the append
 * time, and theirs is the verdict that counts.
 */
public final class EventRules {
    public static final Duration MAX_AHEAD = Duration.ofMinutes(5);
    public static final Duration MAX_BEHIND = Duration.ofDays(35);
    public static final int MAX_SECONDS = 86_400;
    /** Ids, sources and accounts are at most this many characters. */
    public static final int MAX_NAME_LENGTH = 256;
    /** Any other text is at most this many characters. */
    public static final int MAX_TEXT_LENGTH = 4096;

    private static final long MAX_AHEAD_MS = MAX_AHEAD.toMillis();
    private static final long MAX_BEHIND_MS = MAX_BEHIND.toMillis();
    private static final Pattern VIDEO_ID = Pattern.compile("[a-zA-Z0-9_-]{1,256}");

    /** The first rule that the record breaks at its append time; empty if the event is valid. */
    public Optional<Violation> violation(Event event, long appendTimeMs) {
        return Optional.ofNullable(firstViolation(event, appendTimeMs));
    }

    /** As {@link #violation}, or null; every record of every layer passes here, so nothing is allocated for a valid one. */
    private static Violation firstViolation(Event event, long appendTimeMs) {
        Violation violation = name("id", event.id());
        if (violation == null) {
            violation = name("source", event.source());
        }
        if (violation == null) {
            violation = name("subject", event.account());
        }
        if (violation == null) {
            violation = timeliness(event.occurredAtMs(), appendTimeMs);
        }
        if (violation == null && event.type() == EventType.VIEW) {
            violation = view(event);
        }
        return violation == null ? data(event) : violation;
    }

    private static Violation name(String field, String value) {
        if (value == null || value.isBlank()) {
            return new Violation("required", field, "'%s' is required and must not be blank".formatted(field));
        }
        if (value.length() > MAX_NAME_LENGTH) {
            return new Violation(
                    "length",
                    field,
                    "'%s' has %d characters; at most %d are allowed".formatted(field, value.length(), MAX_NAME_LENGTH));
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return new Violation("characters", field, "'%s' must not contain control characters".formatted(field));
            }
        }
        return null;
    }

    private static Violation timeliness(long occurredAtMs, long appendTimeMs) {
        if (occurredAtMs > appendTimeMs + MAX_AHEAD_MS) {
            return new Violation(
                    "time-ahead",
                    "time",
                    "'time' is %s, more than %d minutes ahead of its arrival"
                            .formatted(Instant.ofEpochMilli(occurredAtMs), MAX_AHEAD.toMinutes()));
        }
        if (occurredAtMs < appendTimeMs - MAX_BEHIND_MS) {
            return new Violation(
                    "time-behind",
                    "time",
                    "'time' is %s, more than %d days before its arrival"
                            .formatted(Instant.ofEpochMilli(occurredAtMs), MAX_BEHIND.toDays()));
        }
        return null;
    }

    private static Violation view(Event event) {
        String videoId = (String) event.properties().get("video_id");
        if (!VIDEO_ID.matcher(videoId).matches()) {
            return new Violation(
                    "video-id", "video_id", "'video_id' is '%s'; it must match %s".formatted(videoId, VIDEO_ID));
        }
        Violation watched = seconds(event, "view_duration");
        return watched == null ? seconds(event, "video_length") : watched;
    }

    private static Violation seconds(Event event, String field) {
        Integer seconds = (Integer) event.properties().get(field);
        if (seconds == null || (seconds >= 0 && seconds <= MAX_SECONDS)) {
            return null;
        }
        return new Violation(
                "duration", field, "'%s' is %d s; it must be 0..%d".formatted(field, seconds, MAX_SECONDS));
    }

    private static Violation data(Event event) {
        if (event.properties() instanceof CustomProperties custom) {
            for (Map.Entry<?, ?> entry : custom.data().entrySet()) {
                Violation violation = value((String) entry.getKey(), entry.getValue());
                if (violation != null) {
                    return violation;
                }
            }
            return null;
        }
        if (event.properties().isWithinLimits(MAX_TEXT_LENGTH)) {
            return null;
        }
        for (Schema.Field field : event.type().dataFields()) {
            Violation violation = value(field.name(), event.properties().get(field.name()));
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private static Violation value(String field, Object value) {
        if (value instanceof BigDecimal decimal && !Decimals.isWithinLimits(decimal)) {
            return new Violation(
                    "decimal",
                    field,
                    "'%s' is %s; at most %d integer and %d fractional digits are allowed"
                            .formatted(field, decimal, Decimals.MAX_INTEGER_DIGITS, Decimals.SCALE));
        }
        if (value instanceof String text && text.length() > MAX_TEXT_LENGTH) {
            return new Violation(
                    "length",
                    field,
                    "'%s' has %d characters; at most %d are allowed".formatted(field, text.length(), MAX_TEXT_LENGTH));
        }
        return null;
    }
}
