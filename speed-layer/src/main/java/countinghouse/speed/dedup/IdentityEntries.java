package countinghouse.speed.dedup;

import java.util.Iterator;

/**
 * Identities in ascending order, each once.
 *
 * @param entries {@code {high, low, bucket in ms, digest}}
 * @param atMost how many there are at most
 */
record IdentityEntries(Iterator<long[]> entries, long atMost) {
    /** The order of identities, which is that of their unsigned halves. */
    static int compare(long[] left, long[] right) {
        int high = Long.compareUnsigned(left[0], right[0]);
        return high != 0 ? high : Long.compareUnsigned(left[1], right[1]);
    }
}
