package countinghouse.bench.speed.workload;

import countinghouse.bench.speed.workload.Workload.Served;
import countinghouse.schemas.Partitioning;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.BitSet;

/** Works the answer out from the workload alone. It shares no code with {@code metering}: no identity, no window, no evaluator. */
public final class Oracle {
    private final Workload workload;
    private final int partitions;
    private final int[] partitionOfAccount = new int[Workload.ACCOUNTS];

    public Oracle(Workload workload, int partitions) {
        this.workload = workload;
        this.partitions = partitions;
        for (int account = 0; account < Workload.ACCOUNTS; account++) {
            partitionOfAccount[account] = Partitioning.partitionOf(Accounts.name(account), partitions);
        }
    }

    /**
     * The answer for the beginning of every partition.
     *
     * @param share of each partition that counts, above 0 and at most 1
     */
    public Expected expected(double share) {
        long[] ends = sizes();
        for (int i = 0; i < partitions; i++) {
            ends[i] = (long) Math.ceil(ends[i] * share);
        }
        BitSet seen = new BitSet(workload.deliveries());
        Long2LongOpenHashMap counts = new Long2LongOpenHashMap();
        long[] offsets = new long[partitions];
        Deliveries deliveries = new Deliveries(workload);
        while (deliveries.hasNext()) {
            Served served = workload.event(deliveries.next());
            int partition = partitionOfAccount[served.account()];
            if (offsets[partition]++ < ends[partition] && !seen.get(served.number())) {
                seen.set(served.number());
                counts.addTo(Expected.key(served.account(), served.occurredAtMs()), 1);
            }
        }
        return new Expected(counts, seen.cardinality(), ends);
    }

    private long[] sizes() {
        long[] sizes = new long[partitions];
        Deliveries deliveries = new Deliveries(workload);
        while (deliveries.hasNext()) {
            sizes[partitionOfAccount[workload.event(deliveries.next()).account()]]++;
        }
        return sizes;
    }
}
