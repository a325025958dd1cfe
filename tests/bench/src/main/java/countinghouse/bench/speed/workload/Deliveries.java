package countinghouse.bench.speed.workload;

import java.util.SplittableRandom;

/** The order in which events reach the log: mostly new ones, some an earlier one again. */
public final class Deliveries {
    /** A duplicate repeats one of this many newest events. */
    private static final int REACH = 100_000;

    private final Workload workload;
    private final SplittableRandom random;
    private int delivered;
    private int fresh;

    public Deliveries(Workload workload) {
        this.workload = workload;
        this.random = new SplittableRandom(workload.seed());
    }

    public boolean hasNext() {
        return delivered < workload.deliveries();
    }

    /** The number of the next event. */
    public int next() {
        delivered++;
        if (fresh > 0 && random.nextInt(100) < Workload.DUPLICATES_PER_CENT) {
            return fresh - 1 - random.nextInt(Math.min(fresh, REACH));
        }
        return fresh++;
    }
}
