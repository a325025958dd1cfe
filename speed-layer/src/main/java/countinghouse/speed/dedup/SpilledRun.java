package countinghouse.speed.dedup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Identities on disk: an immutable sorted file, the first identity of every page in memory, and a filter in front. The file is unlinked as soon
 * as it is open, so it is gone with the process however that ends.
 */
final class SpilledRun implements AutoCloseable {
    static final int ENTRY_BYTES = IdentityTable.SLOT_BYTES;
    /** 3.5 kB: one read of the operating system. */
    private static final int ENTRIES_PER_PAGE = 128;

    private static final int PAGE_BYTES = ENTRIES_PER_PAGE * ENTRY_BYTES;
    private static final int PAGES_PER_WRITE = 16;

    private final DedupMemory memory;
    private final FileChannel file;
    private final IdentityFilter filter;
    private final long filterBytes;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES);
    private long[] firstHighs = new long[16];
    private int pages;
    private long size;
    private long newestBucketMs = Long.MIN_VALUE;

    private SpilledRun(DedupMemory memory, FileChannel file, long identitiesAtMost) {
        this.memory = memory;
        this.file = file;
        this.filterBytes = memory.reserveFilter(IdentityFilter.bytesFor(identitiesAtMost));
        this.filter = new IdentityFilter(filterBytes);
    }

    /** Writes a run. */
    static SpilledRun write(IdentityEntries entries, DedupMemory memory) {
        Path path = memory.newFile();
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
            SpilledRun run = new SpilledRun(memory, file, entries.atMost());
            run.fill(entries.entries());
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write identities to " + path, e);
        }
    }

    private void fill(Iterator<long[]> entries) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PAGES_PER_WRITE * PAGE_BYTES);
        while (entries.hasNext()) {
            long[] entry = entries.next();
            if (size % ENTRIES_PER_PAGE == 0) {
                beginPage(entry[0]);
            }
            buffer.putLong(entry[0]).putLong(entry[1]).putLong(entry[2]).putInt((int) entry[3]);
            filter.add(entry[0], entry[1]);
            newestBucketMs = Math.max(newestBucketMs, entry[2]);
            size++;
            if (!buffer.hasRemaining()) {
                flush(buffer);
            }
        }
        flush(buffer);
        firstHighs = Arrays.copyOf(firstHighs, pages);
        memory.takeIndex((long) pages * Long.BYTES);
    }

    private void beginPage(long firstHigh) {
        if (pages == firstHighs.length) {
            firstHighs = Arrays.copyOf(firstHighs, 2 * pages);
        }
        firstHighs[pages++] = firstHigh;
    }

    private void flush(ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    /** The entry of an identity, {@code {high, low, bucket, digest}}; null if there is none. */
    long[] find(long high, long low) {
        if (!filter.mayHave(high, low)) {
            return null;
        }
        // The first page that may hold it: equal high halves might, in theory, begin on the page before.
        for (int number = pageOf(high);
                number < pages && Long.compareUnsigned(firstHighs[number], high) <= 0;
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
        int to = pages;
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
        read(number);
        int from = 0;
        int to = page.limit() / ENTRY_BYTES;
        while (from < to) {
            int middle = (from + to) >>> 1;
            long[] entry = entry(middle);
            int order = Long.compareUnsigned(entry[0], high);
            order = order != 0 ? order : Long.compareUnsigned(entry[1], low);
            if (order == 0) {
                return entry;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return null;
    }

    private long[] entry(int index) {
        int at = index * ENTRY_BYTES;
        return new long[] {page.getLong(at), page.getLong(at + 8), page.getLong(at + 16), page.getInt(at + 24)};
    }

    private void read(int number) {
        try {
            page.clear();
            long at = (long) number * PAGE_BYTES;
            while (page.hasRemaining() && file.read(page, at + page.position()) > 0) {
                // A short read goes on where it ended.
            }
            page.flip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read identities that were spilled to disk", e);
        }
    }

    /** Every entry in order; no look-up may happen until it is used up. */
    Iterator<long[]> entries() {
        return new Iterator<>() {
            private int nextPage;
            private int nextEntry;
            private long[][] current = {};

            @Override
            public boolean hasNext() {
                return nextEntry < current.length || nextPage < pages;
            }

            @Override
            public long[] next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                if (nextEntry == current.length) {
                    read(nextPage++);
                    current = new long[page.limit() / ENTRY_BYTES][];
                    Arrays.setAll(current, SpilledRun.this::entry);
                    nextEntry = 0;
                }
                return current[nextEntry++];
            }
        };
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
        memory.releaseFilter(filterBytes + (long) pages * Long.BYTES);
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a file of spilled identities", e);
        }
    }
}
