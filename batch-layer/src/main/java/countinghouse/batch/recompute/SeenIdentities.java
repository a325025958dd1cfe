package countinghouse.batch.recompute;

/**
 * The newest ingest bucket of each identity, in a primitive array with open addressing: three longs a slot, which lie together, since each identity is
 * somewhere else; at most two thirds of the slots used. An identity is a cryptographic hash, so any of its bits address the table.
 */
final class SeenIdentities {
    /** The identity was never seen. */
    static final long NEVER = Long.MIN_VALUE;

    /** Marks a slot that is free; no bucket starts there. */
    private static final long FREE = Long.MAX_VALUE;

    private static final int LEAST_SLOTS = 1 << 10;
    private static final int MOST_SLOTS = 1 << 29;
    /** High half, low half, bucket. */
    private static final int WIDTH = 3;

    private static final int LOW = 1;
    private static final int BUCKET = 2;

    private long[] table;
    private int mask;
    private int size;
    /** A bit for each identity that was announced, at a place that its hash tells; null until a look-back asks. */
    private long[] announced;

    SeenIdentities() {
        this(0);
    }

    /** Has room for so many identities; it grows if there are more. */
    SeenIdentities(long expected) {
        int slots = LEAST_SLOTS;
        while (slots < MOST_SLOTS && 3 * expected > 2L * slots) {
            slots *= 2;
        }
        open(slots);
    }

    private void open(int slots) {
        table = new long[slots * WIDTH];
        mask = slots - 1;
        for (int bucket = BUCKET; bucket < table.length; bucket += WIDTH) {
            table[bucket] = FREE;
        }
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
        if (table[slot + BUCKET] != FREE && table[slot + BUCKET] < bucket) {
            table[slot + BUCKET] = bucket;
        }
    }

    /**
     * Loads what is known of an identity into the processor's caches. Done for several at once it waits for them together, where each record would wait
     * for its own. The answer means nothing.
     */
    long touch(long wantedLow) {
        return table[((int) wantedLow & mask) * WIDTH + BUCKET];
    }

    /** Takes the next record; the newest bucket of an earlier record of its identity, or {@link #NEVER}. */
    long observe(long wantedHigh, long wantedLow, long bucket) {
        int slot = occupy(wantedHigh, wantedLow);
        long last = table[slot + BUCKET];
        table[slot + BUCKET] = bucket;
        return last;
    }

    int size() {
        return size;
    }

    private int occupy(long wantedHigh, long wantedLow) {
        int slot = slotOf(wantedHigh, wantedLow);
        if (table[slot + BUCKET] != FREE) {
            return slot;
        }
        if (3L * (size + 1) > 2L * (mask + 1L)) {
            grow();
            slot = slotOf(wantedHigh, wantedLow);
        }
        table[slot] = wantedHigh;
        table[slot + LOW] = wantedLow;
        table[slot + BUCKET] = NEVER;
        size++;
        announced = null;
        return slot;
    }

    /** Nearly all of a look-back is of other identities; sixteen bits for each announced one stay nearer to the processor than the table. */
    private long[] bitsOfAll() {
        long[] bits = new long[Integer.highestOneBit(Math.max(1, size / 4)) << 1];
        for (int slot = 0; slot < table.length; slot += WIDTH) {
            if (table[slot + BUCKET] != FREE) {
                bits[wordOf(table[slot], bits)] |= 1L << table[slot];
            }
        }
        return bits;
    }

    private static int wordOf(long wantedHigh, long[] bits) {
        return (int) (wantedHigh >>> Byte.SIZE) & (bits.length - 1);
    }

    /** Where the slot of the identity begins, or the free slot where it belongs. */
    private int slotOf(long wantedHigh, long wantedLow) {
        int number = (int) wantedLow & mask;
        int slot = number * WIDTH;
        while (table[slot + BUCKET] != FREE && (table[slot + LOW] != wantedLow || table[slot] != wantedHigh)) {
            number = (number + 1) & mask;
            slot = number * WIDTH;
        }
        return slot;
    }

    private void grow() {
        long[] old = table;
        open(Math.multiplyExact(mask + 1, 2));
        for (int from = 0; from < old.length; from += WIDTH) {
            if (old[from + BUCKET] != FREE) {
                System.arraycopy(old, from, table, slotOf(old[from], old[from + LOW]), WIDTH);
            }
        }
    }
}
