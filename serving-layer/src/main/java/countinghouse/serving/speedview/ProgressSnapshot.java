package countinghouse.serving.speedview;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far the speed layer's rows reach.
 *
 * @param reached by source partition, {@code <topic>-<n>}; a partition of which nothing was counted yet is absent
 * @param missing why rows may be missing, for people; null if none are
 */
public record ProgressSnapshot(Map<String, Reached> reached, String missing) {
    /**
     * @param nextOffset of the source partition; every record below it is in the rows
     * @param runningMaximumMs of append times up to there
     */
    public record Reached(long nextOffset, long runningMaximumMs) {
        static Reached parse(String text) {
            int bar = text.indexOf('|');
            return new Reached(Long.parseLong(text.substring(0, bar)), Long.parseLong(text.substring(bar + 1)));
        }
    }

    static ProgressSnapshot of(Map<String, String> hash, SpeedSnapshot state) {
        Map<String, Reached> reached = new TreeMap<>();
        hash.forEach((partition, text) -> reached.put(partition, Reached.parse(text)));
        return new ProgressSnapshot(reached, state.missing());
    }
}
