package countinghouse.serving.merge;

import java.util.List;

/**
 * The answer to a {@link CountQuery}.
 *
 * @param freshness how far it can be trusted
 * @param total over all groups and windows
 * @param groups with something counted, by window, account and dimensions; without windows and groups at most one
 */
public record CountAnswer(Freshness freshness, MergedValue total, List<CountGroup> groups) {}
