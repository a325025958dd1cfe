package countinghouse.bench.speed.workload;

import java.util.Arrays;

/** The accounts and how often each occurs: Zipf's law with exponent 1. */
public final class Accounts {
    private static final double[] CUMULATIVE = cumulative();

    private Accounts() {}

    /** The name of an account, as events carry it. */
    public static String name(int account) {
        return "venue-%05d".formatted(account);
    }

    /** The number in an account's name. */
    public static int number(String name) {
        return Integer.parseInt(name.substring("venue-".length()));
    }

    /** The one offering of an account. */
    public static String offering(int account) {
        return "counter-%02d".formatted(account % 100);
    }

    static int ofUniform(double unit) {
        int index = Arrays.binarySearch(CUMULATIVE, unit);
        return Math.min(index < 0 ? -index - 1 : index, CUMULATIVE.length - 1);
    }

    private static double[] cumulative() {
        double[] sums = new double[Workload.ACCOUNTS];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += 1.0 / (i + 1);
            sums[i] = sum;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= sum;
        }
        return sums;
    }
}
