package countinghouse.metering.history;

import java.util.List;
import java.util.function.LongFunction;

/**
 * Judges views by what came before them. A view is compared only with earlier ones in the look-back, billable or not, so a verdict
 * never changes when later views come, and does not depend on where a run starts.
 */
public final class HistoryJudge {
    /** No rule excludes the view. */
    public static final int NONE = -1;

    private final LongFunction<HistoryRules> rulesOfBucket;
    private final KeyHistory history = new KeyHistory();
    private HistoryView previous;

    /** @param rulesOfBucket the rules by the start of an ingest bucket; all with the same look-back */
    public HistoryJudge(LongFunction<HistoryRules> rulesOfBucket) {
        this.rulesOfBucket = rulesOfBucket;
    }

    /**
     * Takes the next view: those of one key and value come together, in {@link HistoryView#ORDER}.
     *
     * @return the index of the first rule of this key, among all rules of the version, that excludes the view, or {@link #NONE}
     */
    public int judge(HistoryView view) {
        if (previous == null || !view.hasSameValue(previous)) {
            history.clear();
        }
        previous = view;
        HistoryRules rules = rulesOfBucket.apply(view.bucketMs());
        history.expireBefore(view.bucketMs() - rules.lookBackMs());
        int verdict = excludedBy(view, rules.rules());
        history.add(view);
        return verdict;
    }

    private int excludedBy(HistoryView view, List<HistoryRule> rules) {
        for (int index = 0; index < rules.size(); index++) {
            HistoryRule rule = rules.get(index);
            if (rule.key() == view.key() && history.othersWithin(view, rule.withinMs()) >= rule.atMost()) {
                return index;
            }
        }
        return NONE;
    }
}
