package countinghouse.metering.history;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.Serializable;

/** Which views of one partition history rules exclude: the index of the first such rule, by offset. */
public final class HistoryVerdicts implements Serializable {
    private static final long serialVersionUID = 1;

    private final Long2IntOpenHashMap ruleByOffset = new Long2IntOpenHashMap();

    public HistoryVerdicts() {
        ruleByOffset.defaultReturnValue(HistoryJudge.NONE);
    }

    /** Takes a verdict; of several on the same view, the first rule in the order of the version stands. */
    public void exclude(long offset, int rule) {
        int known = ruleByOffset.get(offset);
        if (known == HistoryJudge.NONE || rule < known) {
            ruleByOffset.put(offset, rule);
        }
    }

    /** The index of the rule that excludes the view, or {@link HistoryJudge#NONE}. */
    public int of(long offset) {
        return ruleByOffset.get(offset);
    }

    /** The verdicts on a range of offsets, half-open. */
    public HistoryVerdicts within(long from, long to) {
        HistoryVerdicts within = new HistoryVerdicts();
        ruleByOffset.long2IntEntrySet().fastForEach(entry -> {
            if (entry.getLongKey() >= from && entry.getLongKey() < to) {
                within.ruleByOffset.put(entry.getLongKey(), entry.getIntValue());
            }
        });
        return within;
    }

    public int size() {
        return ruleByOffset.size();
    }
}
