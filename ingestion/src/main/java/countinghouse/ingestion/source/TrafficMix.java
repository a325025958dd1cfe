package countinghouse.ingestion.source;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How much of the traffic each class is. Thresholds were chosen on {@link #CHOOSING} alone, so that {@link #REPORTING} tests them. */
public enum TrafficMix {
    CHOOSING(60, 8, 4, 3, 3, 4, 3, 4, 2, 1, 3, 2, 1, 1, 1),
    REPORTING(52, 14, 6, 2, 5, 2, 2, 6, 3, 1, 2, 2, 1, 1, 1);

    private final Map<TrafficClass, Integer> percent = new EnumMap<>(TrafficClass.class);

    TrafficMix(int... percents) {
        for (TrafficClass label : TrafficClass.values()) {
            percent.put(label, percents[label.ordinal()]);
        }
    }

    /** Events of a class among so many. */
    int eventsOf(TrafficClass label, int events) {
        return (int) ((long) events * percent.get(label) / 100);
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
