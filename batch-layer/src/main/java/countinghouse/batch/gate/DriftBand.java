package countinghouse.batch.gate;

import java.util.List;
import java.util.Optional;

/**
 * How far a figure of a whole ingest day may lie from the median of the same figure over the days before it. Figures are compared, never
 * counted with, so they may be floating point.
 *
 * @param warnRatio the larger over the smaller beyond which a person is told
 * @param failRatio the ratio beyond which the gate fails
 * @param minimumEvents below which, on both sides, a day's figure says nothing
 * @param minimumDays before the day, without which there is nothing to compare with
 */
record DriftBand(double warnRatio, double failRatio, long minimumEvents, int minimumDays) {
    /** A week, so that the median is of no special weekday. */
    static final int DAYS_COMPARED = 7;

    /** A figure outside of the band. */
    record Outlier(boolean fails, double median) {}

    /**
     * Judges a day's figure.
     *
     * @param before the figure of the days before, any order
     */
    Optional<Outlier> judge(double figure, List<Double> before) {
        if (before.size() < minimumDays) {
            return Optional.empty();
        }
        List<Double> sorted = before.stream().sorted().toList();
        double median = (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
        if (Math.max(figure, median) < minimumEvents) {
            return Optional.empty();
        }
        double ratio = Math.max(figure, median) / Math.min(figure, median);
        return ratio > warnRatio ? Optional.of(new Outlier(ratio > failRatio, median)) : Optional.empty();
    }
}
