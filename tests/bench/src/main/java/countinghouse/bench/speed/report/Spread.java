package countinghouse.bench.speed.report;

import java.util.Arrays;
import java.util.Collection;

/** Several measurements of one thing: the middle one (or the mean of the two in the middle), and how far they lie apart. */
public record Spread(double median, double min, double max) {
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(
                median,
                Arrays.stream(sorted).min().orElseThrow(),
                Arrays.stream(sorted).max().orElseThrow());
    }
}
