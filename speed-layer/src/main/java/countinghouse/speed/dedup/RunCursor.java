package countinghouse.speed.dedup;

import java.nio.ByteBuffer;

/** Goes through the entries of a run in order; it stands on the first one at the beginning. */
final class RunCursor {
    private static final int PAGES_PER_READ = 16;

    private final SpilledRun run;
    private final ByteBuffer buffer = ByteBuffer.allocate(PAGES_PER_READ * SpilledRun.PAGE_BYTES);
    private long readBytes;
    private long left;
    private long high;
    private long low;
    private long bucketMs;
    private int digest;

    /** A cursor in a run of one entry at least. */
    RunCursor(SpilledRun run) {
        this.run = run;
        this.left = run.size();
        buffer.limit(0);
        advance();
    }

    /** Goes to the next entry; false if there is none. */
    boolean advance() {
        if (left == 0) {
            return false;
        }
        if (!buffer.hasRemaining()) {
            run.read(buffer, readBytes);
            readBytes += buffer.limit();
        }
        left--;
        high = buffer.getLong();
        low = buffer.getLong();
        bucketMs = buffer.getLong();
        digest = buffer.getInt();
        return true;
    }

    /** Whether this comes first: the smaller identity, and of one identity the newer entry. */
    boolean isBefore(RunCursor other) {
        int order = IdentityOrder.compare(high, low, other.high, other.low);
        return order < 0 || (order == 0 && bucketMs > other.bucketMs);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    long bucketMs() {
        return bucketMs;
    }

    int digest() {
        return digest;
    }
}
