package countinghouse.batch.gate;

import countinghouse.batch.gate.DriftBand.Outlier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares whole ingest days with the days before them, which the metrics repository remembers. A day that is not published yet is compared
 * again in the next run, with the same days: what has failed does not become the measure by being there long enough.
 */
final class Drift {
    private final DayHistory history;
    private final DriftBand band;

    Drift(DayHistory history, DriftBand band) {
        this.history = history;
        this.band = band;
    }

    /**
     * Compares and remembers days.
     *
     * @param isAccepted whether somebody has looked, and what would fail is to be a warning
     */
    GateVerdict judge(String gate, List<DayFigures> days, boolean isAccepted) {
        history.remember(gate, days);
        List<String> checks = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (DayFigures day : days) {
            Map<LocalDate, Map<String, Long>> before = history.before(gate, day.day(), DriftBand.DAYS_COMPARED);
            day.events().forEach((subject, events) -> {
                List<Double> earlier = before.values().stream()
                        .map(figures -> figures.getOrDefault(subject, 0L).doubleValue())
                        .toList();
                Optional<Outlier> outlier = band.judge(events, earlier);
                if (outlier.isEmpty()) {
                    return;
                }
                boolean fails = outlier.get().fails();
                String line = "%s of %s drifts: %d events, median %.0f of the %d days before%s"
                        .formatted(
                                subject,
                                day.day(),
                                events,
                                outlier.get().median(),
                                earlier.size(),
                                fails && isAccepted ? "; accepted" : "");
                (fails && !isAccepted ? failures : warnings).add(line);
            });
        }
        if (failures.isEmpty()) {
            checks.add("no day differs more than %s times from the days before (%d whole days looked at)"
                    .formatted(band.failRatio(), days.size()));
        }
        return new GateVerdict(gate, checks, failures, warnings);
    }
}
