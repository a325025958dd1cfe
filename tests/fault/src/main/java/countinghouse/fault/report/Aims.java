package countinghouse.fault.report;

import java.util.ArrayList;
import java.util.List;

/** How fast a platform should be back: said when missed, and never a failure. */
final class Aims {
    private static final double RESTART_SECONDS = 30;
    private static final double CATCH_UP_SECONDS = 300;

    private Aims() {}

    static List<String> missed(List<Round> rounds) {
        List<String> missed = new ArrayList<>();
        for (Round round : rounds) {
            if (round.secondsToRestart() >= RESTART_SECONDS) {
                missed.add("round %d: %s served again after %.1f s, not within %.0f s"
                        .formatted(round.round(), round.killed(), round.secondsToRestart(), RESTART_SECONDS));
            }
            if (round.secondsToFirstRecord() != null && round.secondsToFirstRecord() >= RESTART_SECONDS) {
                missed.add("round %d: the first new event was counted after %.1f s, not within %.0f s"
                        .formatted(round.round(), round.secondsToFirstRecord(), RESTART_SECONDS));
            }
            if (round.secondsToCatchUp() == null) {
                missed.add("round %d: the counts never caught up with the log".formatted(round.round()));
            } else if (round.secondsToCatchUp() >= CATCH_UP_SECONDS) {
                missed.add("round %d: the counts caught up after %.1f s, not within %.0f s"
                        .formatted(round.round(), round.secondsToCatchUp(), CATCH_UP_SECONDS));
            }
        }
        return missed;
    }
}
