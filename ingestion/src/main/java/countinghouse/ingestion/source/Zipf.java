package countinghouse.ingestion.source;

import java.util.Arrays;

/** Popularity by Zipf's law: the k-th most popular of n is chosen in proportion to 1 / k^s. */
final class Zipf {
    private final double[] cumulative;

    Zipf(int n, double exponent) {
        cumulative = new double[n];
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += StrictMath.pow(k + 1.0, -exponent);
            cumulative[k] = sum;
        }
    }

    /** An index from 0, the most popular. */
    int next(Draw draw) {
        double target = draw.fraction() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, target);
        return Math.min(found < 0 ? -found - 1 : found, cumulative.length - 1);
    }
}
