package countinghouse.speed.dedup;

/**
 * A Bloom filter over identities whose bits for one identity share a cache line. It may say yes wrongly, never no. Lines are in the order of
 * identities: filling it in that order goes through memory once.
 */
final class IdentityFilter {
    static final int BITS_PER_IDENTITY = 10;
    private static final int WORDS_PER_LINE = 8;
    private static final int LINE_BYTES = WORDS_PER_LINE * Long.BYTES;
    private static final int PROBES = 6;

    private final long[] words;
    private final long lines;

    /** A filter of some size; with no line at all it always says yes. */
    IdentityFilter(long bytes) {
        lines = bytes / LINE_BYTES;
        words = new long[Math.toIntExact(lines * WORDS_PER_LINE)];
    }

    static long bytesFor(long identities) {
        return (identities * BITS_PER_IDENTITY / Byte.SIZE / LINE_BYTES + 1) * LINE_BYTES;
    }

    void add(long high, long low) {
        if (lines == 0) {
            return;
        }
        int line = line(high);
        long probes = low;
        for (int i = 0; i < PROBES; i++) {
            words[line + (int) (probes & 7)] |= 1L << (probes >>> 3);
            probes >>>= 9;
        }
    }

    boolean mayHave(long high, long low) {
        if (lines == 0) {
            return true;
        }
        int line = line(high);
        long probes = low;
        for (int i = 0; i < PROBES; i++) {
            if ((words[line + (int) (probes & 7)] & (1L << (probes >>> 3))) == 0) {
                return false;
            }
            probes >>>= 9;
        }
        return true;
    }

    private int line(long high) {
        return (int) (((high >>> 32) * lines) >>> 32) * WORDS_PER_LINE;
    }
}
