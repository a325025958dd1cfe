package countinghouse.bench.freshness;

import org.HdrHistogram.Histogram;

/** A distribution of delays, in ms. */
public record Delay(long events, double p50Ms, double p90Ms, double p99Ms, double p999Ms, double maxMs) {
    private static final double MICROS_PER_MS = 1000;

    public static Delay of(Histogram micros) {
        return new Delay(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / MICROS_PER_MS,
                micros.getValueAtPercentile(90) / MICROS_PER_MS,
                micros.getValueAtPercentile(99) / MICROS_PER_MS,
                micros.getValueAtPercentile(99.9) / MICROS_PER_MS,
                micros.getMaxValue() / MICROS_PER_MS);
    }
}
