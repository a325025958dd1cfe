package countinghouse.speed.dedup;

import it.unimi.dsi.fastutil.Arrays;
import java.util.stream.IntStream;

/**
 * Identities with the newest bucket they were seen in and the digest of their first payload, in flat arrays: an open-addressing hash table
 * without objects. Identities are cryptographic hashes, so their bits are their hash.
 */
final class IdentityTable {
    /** Per slot: identity, bucket, digest. */
    static final int SLOT_BYTES = 2 * Long.BYTES + Long.BYTES + Integer.BYTES;

    private static final int WORDS = 3;
    private static final long EMPTY = Long.MIN_VALUE;

    /** High, low, bucket of slot 0, then of slot 1... */
    private long[] words;

    private int[] digests;
    private int mask;
    private int size;

    /** A table with a capacity that is a power of two. */
    IdentityTable(int capacity) {
        allocate(capacity);
    }

    private void allocate(int capacity) {
        words = new long[capacity * WORDS];
        digests = new int[capacity];
        mask = capacity - 1;
        clear();
    }

    void clear() {
        for (int slot = 0; slot <= mask; slot++) {
            words[slot * WORDS + 2] = EMPTY;
        }
        size = 0;
    }

    /** The slot of an identity, or where it would go. */
    int slotOf(long high, long low) {
        int slot = (int) low & mask;
        while (isTaken(slot) && (words[slot * WORDS] != high || words[slot * WORDS + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    boolean isTaken(int slot) {
        return words[slot * WORDS + 2] != EMPTY;
    }

    long bucketMs(int slot) {
        return words[slot * WORDS + 2];
    }

    int digest(int slot) {
        return digests[slot];
    }

    /** Writes a slot that {@link #slotOf} gave for this identity; the table must not be {@link #isFull} if the slot is free. */
    void put(int slot, long high, long low, long bucketMs, int digest) {
        if (!isTaken(slot)) {
            size++;
        }
        words[slot * WORDS] = high;
        words[slot * WORDS + 1] = low;
        words[slot * WORDS + 2] = bucketMs;
        digests[slot] = digest;
    }

    /** Whether another identity would make searching slow. */
    boolean isFull() {
        return size * 10L >= capacity() * 7L;
    }

    int capacity() {
        return mask + 1;
    }

    int size() {
        return size;
    }

    /** Moves into another capacity, without the identities last seen before a bucket. */
    void rehash(int capacity, long oldestBucketMs) {
        long[] oldWords = words;
        int[] oldDigests = digests;
        allocate(capacity);
        for (int slot = 0; slot < oldDigests.length; slot++) {
            long bucketMs = oldWords[slot * WORDS + 2];
            if (bucketMs != EMPTY && bucketMs >= oldestBucketMs) {
                long high = oldWords[slot * WORDS];
                long low = oldWords[slot * WORDS + 1];
                put(slotOf(high, low), high, low, bucketMs, oldDigests[slot]);
            }
        }
    }

    /**
     * The identities in their order, without those last seen before a bucket. They are sorted where they lie, so the table is of no use until
     * {@link #clear} once they are read.
     */
    IdentityEntries sorted(long oldestBucketMs) {
        int count = 0;
        for (int slot = 0; slot <= mask; slot++) {
            if (isTaken(slot) && bucketMs(slot) >= oldestBucketMs) {
                swap(slot, count++);
            }
        }
        Arrays.quickSort(0, count, this::compare, this::swap);
        int end = count;
        return new IdentityEntries(IntStream.range(0, end).mapToObj(this::entry).iterator(), end);
    }

    private int compare(int left, int right) {
        int high = Long.compareUnsigned(words[left * WORDS], words[right * WORDS]);
        return high != 0 ? high : Long.compareUnsigned(words[left * WORDS + 1], words[right * WORDS + 1]);
    }

    private void swap(int left, int right) {
        for (int word = 0; word < WORDS; word++) {
            long moved = words[left * WORDS + word];
            words[left * WORDS + word] = words[right * WORDS + word];
            words[right * WORDS + word] = moved;
        }
        int moved = digests[left];
        digests[left] = digests[right];
        digests[right] = moved;
    }

    private long[] entry(int slot) {
        int first = slot * WORDS;
        return new long[] {words[first], words[first + 1], words[first + 2], digests[slot]};
    }
}
