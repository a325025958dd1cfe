package countinghouse.bench.speed.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the ratios of a run mean anything.
 *
 * @param status {@code valid}, {@code invalid} or {@code not judged}
 * @param reasons why it is not valid, or what cannot be judged
 */
public record Validity(String status, List<String> reasons) {
    static Validity of(List<Summary> summaries, long events) {
        if (events < KnownFigure.LEAST_EVENTS) {
            return new Validity(
                    "not judged",
                    List.of("with %d events the JVMs' warm-up decides; give it %d or more"
                            .formatted(events, KnownFigure.LEAST_EVENTS)));
        }
        List<String> reasons = new ArrayList<>();
        for (KnownFigure known : KnownFigure.ALL) {
            summaries.stream()
                    .filter(summary -> summary.contestant().equals(known.contestant()))
                    .filter(summary -> known.seen(summary) < known.least())
                    .map(summary -> "%s reached %,.0f %s, more than %.0f %% below the %,.0f known of it (%s)"
                            .formatted(
                                    known.contestant(),
                                    known.seen(summary),
                                    known.unit(),
                                    KnownFigure.TOLERANCE * 100,
                                    known.figure(),
                                    known.conditions()))
                    .forEach(reasons::add);
        }
        return new Validity(reasons.isEmpty() ? "valid" : "invalid", reasons);
    }
}
