package countinghouse.batch.recompute;

import java.util.Arrays;

/**
 * The newest ingest bucket of each identity, in three primitive arrays with open addressing: 24 bytes a slot, at most two thirds of the
 * slots used. An identity is a cryptographic hash, so any of its bits address the table.
 */
final class SeenIdentities {
    /** The identity was never seen. */
    static final long NEVER = Long.MIN_VALUE;

    /** Marks a slot that is free; no bucket starts there. */
    private static final long FREE = Long.MAX_VALUE;

    private static final int INITIAL_SLOTS = 1 << 10;

    private long[] high = new long[INITIAL_SLOTS];
    private long[] low = new long[INITIAL_SLOTS];
    private long[] bucketMs = new long[INITIAL_SLOTS];
    private int size;
    /** A bit for each identity that was announced, at a place that its hash tells; null until a look-back asks. */
    private long[] announced;

    SeenIdentities() {
        Arrays.fill(bucketMs, FREE);
    }

    /** Makes an identity known, so that a look-back for it is remembered. */
    void announce(long wantedHigh, long wantedLow) {
        occupy(wantedHigh, wantedLow);
    }

    /** Remembers a record from before the day, if the day has a record of its identity. */
    void remember(long wantedHigh, long wantedLow, long bucket) {
        if (announced == null) {
            announced = bitsOfAll();
        }
        if ((announced[wordOf(wantedHigh, announced)] & (1L << wantedHigh)) == 0) {
            return;
        }
        int slot = slotOf(wantedHigh, wantedLow);
        if (bucketMs[slot] != FREE && bucketMs[slot] < bucket) {
            bucketMs[slot] = bucket;
        }
    }

    /** Takes the next record; the newest bucket of an earlier record of its identity, or {@link #NEVER}. */
    long observe(long wantedHigh, long wantedLow, long bucket) {
        int slot = occupy(wantedHigh, wantedLow);
        long last = bucketMs[slot];
        bucketMs[slot] = bucket;
        return last;
    }

    int size() {
        return size;
    }

    private int occupy(long wantedHigh, long wantedLow) {
        int slot = slotOf(wantedHigh, wantedLow);
        if (bucketMs[slot] != FREE) {
            return slot;
        }
        if (3L * (size + 1) > 2L * bucketMs.length) {
            grow();
            slot = slotOf(wantedHigh, wantedLow);
        }
        high[slot] = wantedHigh;
        low[slot] = wantedLow;
        bucketMs[slot] = NEVER;
        size++;
        announced = null;
        return slot;
    }

    /** Nearly all of a look-back is of other identities; sixteen bits for each announced one stay nearer to the processor than the table. */
    private long[] bitsOfAll() {
        long[] bits = new long[Integer.highestOneBit(Math.max(1, size / 4)) << 1];
        for (int slot = 0; slot < bucketMs.length; slot++) {
            if (bucketMs[slot] != FREE) {
                bits[wordOf(high[slot], bits)] |= 1L << high[slot];
            }
        }
        return bits;
    }

    private static int wordOf(long wantedHigh, long[] bits) {
        return (int) (wantedHigh >>> Byte.SIZE) & (bits.length - 1);
    }

    /** The slot of the identity, or the free slot where it belongs. */
    private int slotOf(long wantedHigh, long wantedLow) {
        int mask = bucketMs.length - 1;
        int slot = (int) wantedLow & mask;
        while (bucketMs[slot] != FREE && (low[slot] != wantedLow || high[slot] != wantedHigh)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldBuckets = bucketMs;
        high = new long[oldHigh.length * 2];
        low = new long[oldLow.length * 2];
        bucketMs = new long[oldBuckets.length * 2];
        Arrays.fill(bucketMs, FREE);
        for (int old = 0; old < oldBuckets.length; old++) {
            if (oldBuckets[old] != FREE) {
                int slot = slotOf(oldHigh[old], oldLow[old]);
                high[slot] = oldHigh[old];
                low[slot] = oldLow[old];
                bucketMs[slot] = oldBuckets[old];
            }
        }
    }
}
