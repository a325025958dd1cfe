package countinghouse.speed.dedup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes a run: its file, its filter and the first identity of every page. The file is unlinked as soon as it is open, so it is gone with the process
 * however that ends.
 */
final class RunWriter {
    private static final int PAGES_PER_WRITE = 16;

    private final DedupMemory memory;
    private final FileChannel file;
    private final IdentityFilter filter;
    private final long filterBytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(PAGES_PER_WRITE * SpilledRun.PAGE_BYTES);
    private long[] firstHighs = new long[16];
    private int pages;
    private long size;
    private long newestBucketMs = Long.MIN_VALUE;

    /** Begins a run of at most so many identities. */
    RunWriter(DedupMemory memory, long identitiesAtMost) {
        this.memory = memory;
        this.file = open(memory.newFile());
        this.filterBytes = memory.reserveFilter(IdentityFilter.bytesFor(identitiesAtMost));
        this.filter = new IdentityFilter(filterBytes);
    }

    private static FileChannel open(Path path) {
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(path);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write identities to " + path, e);
        }
    }

    /** Takes the next identity, which must be greater than those before. */
    void append(long high, long low, long bucketMs, int digest) {
        if (size % SpilledRun.ENTRIES_PER_PAGE == 0) {
            beginPage(high);
        }
        buffer.putLong(high).putLong(low).putLong(bucketMs).putInt(digest);
        filter.add(high, low);
        newestBucketMs = Math.max(newestBucketMs, bucketMs);
        size++;
        if (!buffer.hasRemaining()) {
            flush();
        }
    }

    private void beginPage(long firstHigh) {
        if (pages == firstHighs.length) {
            firstHighs = Arrays.copyOf(firstHighs, 2 * pages);
        }
        firstHighs[pages++] = firstHigh;
    }

    private void flush() {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write identities to disk; is there room? %,d were written".formatted(size), e);
        }
        buffer.clear();
    }

    /** The run, which takes over the file and the memory. */
    SpilledRun finish() {
        flush();
        return run();
    }

    /** Gives up a run that was begun, also if writing it failed. */
    void abandon() {
        run().close();
    }

    private SpilledRun run() {
        long indexBytes = (long) pages * Long.BYTES;
        memory.takeIndex(indexBytes);
        return new SpilledRun(
                file,
                filter,
                Arrays.copyOf(firstHighs, pages),
                size,
                newestBucketMs,
                () -> memory.releaseFilter(filterBytes + indexBytes));
    }
}
