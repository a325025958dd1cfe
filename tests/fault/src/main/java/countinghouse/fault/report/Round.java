package countinghouse.fault.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * One kill and what came of it.
 *
 * @param round from 1
 * @param killed the process that was killed; null if none was, which fails the run
 * @param killedAlong another process killed at the same moment; null if none
 * @param pidBefore of the killed process
 * @param pidAfter of the process that took its place
 * @param phase what was going on at the moment of the kill
 * @param eventsInFlight events that were sent and not yet in the answer at that moment
 * @param secondsToRestart from the kill, if there were two from the second, until the process served again
 * @param secondsToFirstRecord from the same kill until an event was counted that was appended after the first kill; null if none ever was, and of a
 *     batch
 * @param secondsToCatchUp from the kill until the answer held all of the log; null if it never did
 * @param rowsCompared rows, or other facts of the same weight, that were looked at
 * @param differences how many of them were wrong
 * @param examples some of these
 * @param eventsAcknowledged by the broker in this round
 * @param sendsRepeated sends of this round whose outcome was not known to be a success
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Round(
        int round,
        String killed,
        String killedAlong,
        Long pidBefore,
        Long pidAfter,
        String phase,
        long eventsInFlight,
        double secondsToRestart,
        Double secondsToFirstRecord,
        Double secondsToCatchUp,
        long rowsCompared,
        long differences,
        List<Difference> examples,
        long eventsAcknowledged,
        long sendsRepeated) {
    boolean isInOrder() {
        return killed != null && rowsCompared > 0 && differences == 0;
    }
}
