package countinghouse.speed.dedup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the identities of all tasks of a process may take on the heap, and where they go beyond it. Half of the budget is for identities, half for
 * the filters and indexes of those on disk (ADR 0026). Thread-safe.
 */
public final class DedupMemory {
    private final long budgetBytes;
    private final Path directory;
    private final AtomicLong tableBytes = new AtomicLong();
    private final AtomicLong filterBytes = new AtomicLong();

    /**
     * A budget.
     *
     * @param directory for identities beyond the budget; its files vanish with the process
     */
    public DedupMemory(long budgetBytes, Path directory) {
        this.budgetBytes = budgetBytes;
        this.directory = directory;
    }

    /** A budget that is never reached. */
    static DedupMemory unlimited() {
        return new DedupMemory(Long.MAX_VALUE, Path.of("."));
    }

    /** Takes memory for identities, if there is as much left. */
    boolean reserveTable(long bytes) {
        return reserve(tableBytes, bytes);
    }

    void releaseTable(long bytes) {
        tableBytes.addAndGet(-bytes);
    }

    /** Takes memory for a filter, as much as is left and at most what is wanted; returns how much. */
    long reserveFilter(long wantedBytes) {
        for (long bytes = wantedBytes; bytes > 0; bytes /= 2) {
            if (reserve(filterBytes, bytes)) {
                return bytes;
            }
        }
        return 0;
    }

    /** Takes memory that there is no doing without. */
    void takeIndex(long bytes) {
        filterBytes.addAndGet(bytes);
    }

    void releaseFilter(long bytes) {
        filterBytes.addAndGet(-bytes);
    }

    /** Bytes taken by identities, filters and indexes. */
    public long usedBytes() {
        return tableBytes.get() + filterBytes.get();
    }

    Path newFile() {
        try {
            Files.createDirectories(directory);
            return Files.createTempFile(directory, "identities-", ".sorted");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write identities beyond the memory budget to " + directory, e);
        }
    }

    private boolean reserve(AtomicLong used, long bytes) {
        long before = used.get();
        while (before + bytes <= budgetBytes / 2) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }
}
