package countinghouse.metering.rules;

import countinghouse.metering.event.CustomProperties;
import countinghouse.metering.event.Event;
import countinghouse.metering.row.Decimals;
import countinghouse.schemas.EventType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

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

    private static final Pattern VIDEO_ID = Pattern.compile("[a-zA-Z0-9_-]{1,256}");

    /** The first rule that the record breaks at its append time; empty if the event is valid. */
    public Optional<Violation> violation(Event event, long appendTimeMs) {
        return name("id", event.id())
                .or(() -> name("source", event.source()))
                .or(() -> name("subject", event.account()))
                .or(() -> timeliness(event.occurredAtMs(), appendTimeMs))
                .or(() -> event.type() == EventType.VIEW ? view(event) : Optional.empty())
                .or(() -> data(event));
    }

    private static Optional<Violation> name(String field, String value) {
        if (value == null || value.isBlank()) {
            return Optional.of(
                    new Violation("required", field, "'%s' is required and must not be blank".formatted(field)));
        }
        if (value.length() > MAX_NAME_LENGTH) {
            return Optional.of(new Violation(
                    "length",
                    field,
                    "'%s' has %d characters; at most %d are allowed"
                            .formatted(field, value.length(), MAX_NAME_LENGTH)));
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(
                    new Violation("characters", field, "'%s' must not contain control characters".formatted(field)));
        }
        return Optional.empty();
    }

    private static Optional<Violation> timeliness(long occurredAtMs, long appendTimeMs) {
        if (occurredAtMs > appendTimeMs + MAX_AHEAD.toMillis()) {
            return Optional.of(new Violation(
                    "time-ahead",
                    "time",
                    "'time' is %s, more than %d minutes ahead of its arrival"
                            .formatted(Instant.ofEpochMilli(occurredAtMs), MAX_AHEAD.toMinutes())));
        }
        if (occurredAtMs < appendTimeMs - MAX_BEHIND.toMillis()) {
            return Optional.of(new Violation(
                    "time-behind",
                    "time",
                    "'time' is %s, more than %d days before its arrival"
                            .formatted(Instant.ofEpochMilli(occurredAtMs), MAX_BEHIND.toDays())));
        }
        return Optional.empty();
    }

    private static Optional<Violation> view(Event event) {
        String videoId = (String) event.properties().get("video_id");
        if (!VIDEO_ID.matcher(videoId).matches()) {
            return Optional.of(new Violation(
                    "video-id", "video_id", "'video_id' is '%s'; it must match %s".formatted(videoId, VIDEO_ID)));
        }
        return seconds(event, "view_duration").or(() -> seconds(event, "video_length"));
    }

    private static Optional<Violation> seconds(Event event, String field) {
        Integer seconds = (Integer) event.properties().get(field);
        if (seconds == null || (seconds >= 0 && seconds <= MAX_SECONDS)) {
            return Optional.empty();
        }
        return Optional.of(new Violation(
                "duration", field, "'%s' is %d s; it must be 0..%d".formatted(field, seconds, MAX_SECONDS)));
    }

    private static Optional<Violation> data(Event event) {
        if (event.properties() instanceof CustomProperties custom) {
            return custom.data().entrySet().stream()
                    .map(entry -> value((String) entry.getKey(), entry.getValue()))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return event.type().dataFields().stream()
                .map(field -> value(field.name(), event.properties().get(field.name())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Violation> value(String field, Object value) {
        if (value instanceof BigDecimal decimal && !Decimals.isWithinLimits(decimal)) {
            return Optional.of(new Violation(
                    "decimal",
                    field,
                    "'%s' is %s; at most %d integer and %d fractional digits are allowed"
                            .formatted(field, decimal, Decimals.MAX_INTEGER_DIGITS, Decimals.SCALE)));
        }
        if (value instanceof String text && text.length() > MAX_TEXT_LENGTH) {
            return Optional.of(new Violation(
                    "length",
                    field,
                    "'%s' has %d characters; at most %d are allowed".formatted(field, text.length(), MAX_TEXT_LENGTH)));
        }
        return Optional.empty();
    }
}
