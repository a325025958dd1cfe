package countinghouse.metering.history;

/**
 * Excludes a view if so many earlier views have the key in common with it and lie close to it in event time.
 *
 * @param id stable; stored as the reason
 * @param key what they must have in common
 * @param withinMs they lie less than this before or after the view, in event time
 * @param atMost so many of them are billable, at least 1
 */
public record HistoryRule(String id, HistoryKey key, long withinMs, int atMost) {}
