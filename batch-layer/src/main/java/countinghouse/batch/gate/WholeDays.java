package countinghouse.batch.gate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects how many events each ingest day has, and gives those days that are over, without gaps: a day without events is a figure too. */
final class WholeDays {
    private final LocalDate firstOpenDay;
    private final TreeMap<LocalDate, Map<String, Long>> days = new TreeMap<>();
    private final TreeSet<String> subjects = new TreeSet<>();

    /** @param closedThroughMs exclusive end of the last closed bucket */
    WholeDays(long closedThroughMs) {
        firstOpenDay = LocalDate.ofInstant(Instant.ofEpochMilli(closedThroughMs), ZoneOffset.UTC);
    }

    /** Has a figure in every day, if only 0. */
    void expect(String subject) {
        subjects.add(subject);
    }

    void add(LocalDate day, String subject, long events) {
        if (day.isBefore(firstOpenDay)) {
            days.computeIfAbsent(day, ignored -> new HashMap<>()).merge(subject, events, Long::sum);
        }
    }

    /** Every whole day from the first that has events, oldest first. */
    List<DayFigures> figures() {
        List<DayFigures> figures = new ArrayList<>();
        if (!days.isEmpty()) {
            for (LocalDate day = days.firstKey(); day.isBefore(firstOpenDay); day = day.plusDays(1)) {
                Map<String, Long> events = new TreeMap<>();
                subjects.forEach(subject -> events.put(subject, 0L));
                events.putAll(days.getOrDefault(day, Map.of()));
                figures.add(new DayFigures(day, events));
            }
        }
        return figures;
    }
}
