package countinghouse.serving.merge;

import java.util.Map;

/**
 * The count of one group in one window.
 *
 * @param account null unless grouped by subject
 * @param dimensions the grouped dimensions; a value is null where events lack the property
 * @param startMs start of the window
 * @param endMs exclusive end of the window
 * @param count what was counted
 */
public record CountGroup(String account, Map<String, String> dimensions, long startMs, long endMs, MergedValue count) {}
