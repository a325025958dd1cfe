package countinghouse.speed.dedup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Identities on disk: an immutable sorted file, the first identity of every page in memory, and a filter in front. */
final class SpilledRun implements AutoCloseable {
    static final int ENTRY_BYTES = IdentityTable.SLOT_BYTES;
    /** 3.5 kB: one read of the operating system. */
    static final int ENTRIES_PER_PAGE = 128;

    static final int PAGE_BYTES = ENTRIES_PER_PAGE * ENTRY_BYTES;

    private final FileChannel file;
    private final IdentityFilter filter;
    private final long[] firstHighs;
    private final long size;
    private final long newestBucketMs;
    private final Runnable memoryRelease;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);

    /**
     * A run that was written.
     *
     * @param firstHighs first half of the first identity of each page
     * @param memoryRelease gives back what filter and first identities take
     */
    SpilledRun(
            FileChannel file,
            IdentityFilter filter,
            long[] firstHighs,
            long size,
            long newestBucketMs,
            Runnable memoryRelease) {
        this.file = file;
        this.filter = filter;
        this.firstHighs = firstHighs;
        this.size = size;
        this.newestBucketMs = newestBucketMs;
        this.memoryRelease = memoryRelease;
    }

    /** The entry of an identity, {@code {high, low, bucket, digest}}; null if there is none. */
    long[] find(long high, long low) {
        if (!filter.mayHave(high, low)) {
            return null;
        }
        // The first page that may hold it: equal high halves might, in theory, begin on the page before.
        for (int number = pageOf(high);
                number < firstHighs.length && Long.compareUnsigned(firstHighs[number], high) <= 0;
                number++) {
            long[] found = findIn(number, high, low);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private int pageOf(long high) {
        int from = 0;
        int to = firstHighs.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Long.compareUnsigned(firstHighs[middle], high) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return Math.max(0, from - 1);
    }

    private long[] findIn(int number, long high, long low) {
        read(page, (long) number * PAGE_BYTES);
        int from = 0;
        int to = page.limit() / ENTRY_BYTES;
        while (from < to) {
            int middle = (from + to) >>> 1;
            int at = middle * ENTRY_BYTES;
            int order = IdentityOrder.compare(page.getLong(at), page.getLong(at + 8), high, low);
            if (order == 0) {
                return new long[] {high, low, page.getLong(at + 16), page.getInt(at + 24)};
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return null;
    }

    /** Fills a buffer from a place in the file on, as far as there is something. */
    void read(ByteBuffer buffer, long at) {
        try {
            buffer.clear();
            while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) > 0) {
                // A short read goes on where it ended.
            }
            buffer.flip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read identities that were spilled to disk", e);
        }
    }

    /** Start in ms of the newest bucket in the run: once it has left the horizon, nothing here is needed. */
    long newestBucketMs() {
        return newestBucketMs;
    }

    long size() {
        return size;
    }

    @Override
    public void close() {
        memoryRelease.run();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a file of spilled identities", e);
        }
    }
}
