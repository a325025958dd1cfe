package countinghouse.speed.dedup;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The runs of one source partition. Whenever the newest four are of one order of size they become one, so that a look-up asks few filters and each
 * identity is rewritten few times.
 */
final class SpilledRuns implements AutoCloseable {
    private static final int FAN_IN = 4;

    private final DedupMemory memory;
    private final List<SpilledRun> newestFirst = new ArrayList<>();

    SpilledRuns(DedupMemory memory) {
        this.memory = memory;
    }

    void add(IdentityEntries entries, long oldestBucketMs) {
        newestFirst.add(0, SpilledRun.write(entries, memory));
        while (areOfOneSize()) {
            List<SpilledRun> merged = new ArrayList<>(newestFirst.subList(0, FAN_IN));
            newestFirst.subList(0, FAN_IN).clear();
            long atMost = merged.stream().mapToLong(SpilledRun::size).sum();
            newestFirst.add(
                    0, SpilledRun.write(new IdentityEntries(new Merge(merged, oldestBucketMs), atMost), memory));
            merged.forEach(SpilledRun::close);
        }
    }

    private boolean areOfOneSize() {
        if (newestFirst.size() < FAN_IN) {
            return false;
        }
        long smallest = Long.MAX_VALUE;
        long largest = 0;
        for (SpilledRun run : newestFirst.subList(0, FAN_IN)) {
            smallest = Math.min(smallest, run.size());
            largest = Math.max(largest, run.size());
        }
        return largest <= FAN_IN * smallest;
    }

    /** The entry of an identity with its newest bucket; null if there is none. */
    long[] find(long high, long low) {
        long[] newest = null;
        for (SpilledRun run : newestFirst) {
            long[] found = run.find(high, low);
            if (found != null && (newest == null || found[2] > newest[2])) {
                newest = found;
            }
        }
        return newest;
    }

    /** Drops the runs that hold nothing from a bucket on. */
    void expire(long oldestBucketMs) {
        newestFirst.removeIf(run -> {
            boolean isExpired = run.newestBucketMs() < oldestBucketMs;
            if (isExpired) {
                run.close();
            }
            return isExpired;
        });
    }

    /** Entries on disk; an identity counts once for every run it is in. */
    long size() {
        long size = 0;
        for (SpilledRun run : newestFirst) {
            size += run.size();
        }
        return size;
    }

    @Override
    public void close() {
        newestFirst.forEach(SpilledRun::close);
        newestFirst.clear();
    }

    /** The entries of several runs in order: of an identity the newest, and none from before a bucket. */
    private static final class Merge implements Iterator<long[]> {
        private record Head(long[] entry, Iterator<long[]> rest) {}

        private final PriorityQueue<Head> heads =
                new PriorityQueue<>((left, right) -> IdentityEntries.compare(left.entry(), right.entry()));
        private final long oldestBucketMs;
        private long[] next;

        Merge(List<SpilledRun> runs, long oldestBucketMs) {
            this.oldestBucketMs = oldestBucketMs;
            runs.forEach(run -> push(run.entries()));
            advance();
        }

        private void push(Iterator<long[]> entries) {
            if (entries.hasNext()) {
                heads.add(new Head(entries.next(), entries));
            }
        }

        private void advance() {
            next = null;
            while (next == null && !heads.isEmpty()) {
                long[] candidate = take();
                while (!heads.isEmpty() && IdentityEntries.compare(heads.peek().entry(), candidate) == 0) {
                    long[] same = take();
                    candidate = same[2] > candidate[2] ? same : candidate;
                }
                next = candidate[2] >= oldestBucketMs ? candidate : null;
            }
        }

        private long[] take() {
            Head head = heads.remove();
            push(head.rest());
            return head.entry();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public long[] next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            long[] entry = next;
            advance();
            return entry;
        }
    }
}
