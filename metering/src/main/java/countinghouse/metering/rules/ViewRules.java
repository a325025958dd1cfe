package countinghouse.metering.rules;

import countinghouse.metering.event.Event;
import countinghouse.metering.history.HistoryRules;
import java.util.List;
import java.util.Optional;

/** One version of the rules that keep views out of billing (anchors.md 2.3). The first that matches is the reason. */
public final class ViewRules {
    /** CloudEvents type of views. */
    public static final String VIEW = "video.view";

    private final int version;
    private final int listVersion;
    private final List<ViewRule> rules;
    private final HistoryRules history;

    ViewRules(int version, int listVersion, List<ViewRule> rules, HistoryRules history) {
        this.version = version;
        this.listVersion = listVersion;
        this.rules = List.copyOf(rules);
        this.history = history;
    }

    public int version() {
        return version;
    }

    /** Version of the lists of user agents that the rules look into. */
    public int listVersion() {
        return listVersion;
    }

    /** The rules that need the views before as well; those here come first. */
    public HistoryRules history() {
        return history;
    }

    /** The id of the first rule that excludes the view by the event alone; empty if none does. */
    public Optional<String> exclusionReason(Event view) {
        for (ViewRule rule : rules) {
            if (rule.excludes().test(view)) {
                return Optional.of(rule.id());
            }
        }
        return Optional.empty();
    }
}
