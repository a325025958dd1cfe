package countinghouse.speed.dedup;

import java.util.ArrayList;
import java.util.List;

/**
 * Identities with the newest bucket they were seen in and the digest of their first payload, in flat arrays: an open-addressing hash table
 * without objects. Identities are cryptographic hashes, so their bits are their hash; an identity's slot is where it would stand among all
 * possible ones, so the table is all but sorted.
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

    /** A table with a capacity that is a power of two from 2. */
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
        int slot = homeOf(high);
        while (isTaken(slot) && (words[slot * WORDS] != high || words[slot * WORDS + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int homeOf(long high) {
        return (int) (high >>> Long.numberOfLeadingZeros(mask));
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
        write(slot, high, low, bucketMs, digest);
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

    /** Forgets the identities last seen before a bucket, without a copy of the table. */
    void expire(long oldestBucketMs) {
        for (int slot = 0; slot <= mask; slot++) {
            while (isTaken(slot) && bucketMs(slot) < oldestBucketMs) {
                remove(slot);
            }
        }
    }

    /** Closes the gap with those behind it that would stand there, or their search would end at it. */
    private void remove(int slot) {
        int gap = slot;
        for (int next = (slot + 1) & mask; isTaken(next); next = (next + 1) & mask) {
            int awayFromHome = (next - homeOf(words[next * WORDS])) & mask;
            if (awayFromHome >= ((next - gap) & mask)) {
                move(next, gap);
                gap = next;
            }
        }
        words[gap * WORDS + 2] = EMPTY;
        size--;
    }

    /** Moves into twice the capacity. */
    void grow() {
        long[] oldWords = words;
        int[] oldDigests = digests;
        allocate(2 * capacity());
        for (int slot = 0; slot < oldDigests.length; slot++) {
            long bucketMs = oldWords[slot * WORDS + 2];
            if (bucketMs != EMPTY) {
                long high = oldWords[slot * WORDS];
                long low = oldWords[slot * WORDS + 1];
                put(slotOf(high, low), high, low, bucketMs, oldDigests[slot]);
            }
        }
    }

    /** Moves every identity, in their order, to a run. They are sorted where they lie, so no memory is needed. */
    void drainTo(RunWriter run) {
        sort();
        for (int index = 0; index < size; index++) {
            int word = index * WORDS;
            run.append(words[word], words[word + 1], words[word + 2], digests[index]);
        }
        clear();
    }

    /** An entry lies behind its home by some slots at most, unless the table's end lies between them. */
    private void sort() {
        List<long[]> beyondTheEnd = new ArrayList<>();
        int count = 0;
        for (int slot = 0; slot <= mask; slot++) {
            if (isTaken(slot)) {
                int word = slot * WORDS;
                if (homeOf(words[word]) > slot) {
                    beyondTheEnd.add(new long[] {words[word], words[word + 1], words[word + 2], digests[slot]});
                } else {
                    move(slot, count);
                    sink(count++);
                }
            }
        }
        for (long[] entry : beyondTheEnd) {
            write(count, entry[0], entry[1], entry[2], (int) entry[3]);
            sink(count++);
        }
    }

    /** Moves an entry in front of the greater ones before it. */
    private void sink(int index) {
        long high = words[index * WORDS];
        long low = words[index * WORDS + 1];
        long bucketMs = words[index * WORDS + 2];
        int digest = digests[index];
        int to = index;
        while (to > 0 && IdentityOrder.compare(words[to * WORDS - WORDS], words[to * WORDS - 2], high, low) > 0) {
            move(to - 1, to);
            to--;
        }
        if (to != index) {
            write(to, high, low, bucketMs, digest);
        }
    }

    private void move(int from, int to) {
        write(to, words[from * WORDS], words[from * WORDS + 1], words[from * WORDS + 2], digests[from]);
    }

    private void write(int slot, long high, long low, long bucketMs, int digest) {
        words[slot * WORDS] = high;
        words[slot * WORDS + 1] = low;
        words[slot * WORDS + 2] = bucketMs;
        digests[slot] = digest;
    }
}
