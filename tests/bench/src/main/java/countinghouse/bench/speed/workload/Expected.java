package countinghouse.bench.speed.workload;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/**
 * The right answer: how many different events each account has in each cell.
 *
 * @param counts account and cell (see {@link #key}) to count
 * @param events different events in all
 * @param ends per partition, the offset up to which the log counts
 */
public record Expected(Long2LongOpenHashMap counts, long events, long[] ends) {
    /** Cells are this wide (design.md, section 4). */
    public static final long CELL_MS = 15 * 60 * 1000;

    /** One number for an account and the start of a cell. */
    public static long key(int account, long cellMs) {
        return cellMs / CELL_MS * Workload.ACCOUNTS + account;
    }

    /** How many records lie before the ends. */
    public long deliveries() {
        long sum = 0;
        for (long end : ends) {
            sum += end;
        }
        return sum;
    }
}
