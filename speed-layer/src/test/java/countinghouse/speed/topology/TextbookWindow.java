package countinghouse.speed.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * De-duplication as the textbook does it, a window store by event id in event time: what the traps of anchors.md 4.3 are made of. It is here so that
 * the logs of the traps are seen to be traps.
 */
final class TextbookWindow {
    private record Seen(String id, long occurredAtMs) {}

    private final long windowMs;
    private final List<Seen> seen = new ArrayList<>();
    private long streamTimeMs = Long.MIN_VALUE;

    private TextbookWindow(long windowMs) {
        this.windowMs = windowMs;
    }

    /** How many records of a log it lets through. */
    static long count(List<LogLine> log, long windowMs) {
        TextbookWindow window = new TextbookWindow(windowMs);
        return log.stream().filter(LogLine::isEvent).filter(window::isFirst).count();
    }

    private boolean isFirst(LogLine line) {
        streamTimeMs = Math.max(streamTimeMs, line.occurredAtMs());
        seen.removeIf(entry -> entry.occurredAtMs() < streamTimeMs - windowMs);
        boolean isDuplicate = seen.stream()
                .anyMatch(entry -> entry.id().equals(line.id())
                        && Math.abs(entry.occurredAtMs() - line.occurredAtMs()) <= windowMs);
        if (line.occurredAtMs() >= streamTimeMs - windowMs) {
            seen.add(new Seen(line.id(), line.occurredAtMs()));
        }
        return !isDuplicate;
    }
}
