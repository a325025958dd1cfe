package countinghouse.serving.speedview;

import java.math.BigDecimal;
import java.util.List;

/**
 * The highest live values of one account and meter.
 *
 * @param entries highest first
 * @param snapshot the floor, and what may be missing; without rows
 */
public record TopSnapshot(List<Entry> entries, SpeedSnapshot snapshot) {
    /**
     * What was counted for some dimensions in every bucket that the speed layer holds.
     *
     * @param dimensions canonical text
     * @param n events
     * @param value their sum
     */
    public record Entry(String dimensions, long n, BigDecimal value) {}

    /** Pairs dimensions with their texts {@code n|value}; those that vanished meanwhile are left out. */
    static void addEntries(List<String> dimensions, List<String> texts, List<Entry> entries) {
        for (int index = 0; index < dimensions.size(); index++) {
            String[] parts = texts.get(index).split("\\|", 2);
            if (parts.length == 2) {
                entries.add(new Entry(dimensions.get(index), Long.parseLong(parts[0]), new BigDecimal(parts[1])));
            }
        }
    }
}
