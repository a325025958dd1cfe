package countinghouse.metering.history;

import java.util.List;

/**
 * The history rules of one version, in the order in which they give the reason.
 *
 * @param lookBackMs views in ingest buckets further back than this are not considered
 * @param rules in order
 */
public record HistoryRules(long lookBackMs, List<HistoryRule> rules) {
    /** No rule looks back. */
    public static final HistoryRules NONE = new HistoryRules(0, List.of());

    public HistoryRules {
        rules = List.copyOf(rules);
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }
}
