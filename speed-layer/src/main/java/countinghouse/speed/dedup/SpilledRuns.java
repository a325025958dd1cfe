package countinghouse.speed.dedup;

import java.util.ArrayList;
import java.util.List;

/**
 * The runs of one source partition. Four neighbours of one order of size become one, so that a look-up asks few filters and each identity is
 * rewritten few times. They do so little by little while identities are added: no record waits for a whole merge.
 */
final class SpilledRuns implements AutoCloseable {
    private static final int FAN_IN = 4;
    /** With more runs than this a record does wait, or look-ups would take ever longer. */
    private static final int MOST_RUNS = 16;

    private static final int IDENTITIES_PER_STEP = 64;

    private final DedupMemory memory;
    private final List<SpilledRun> newestFirst = new ArrayList<>();
    /** The merge under way; null if there is none. */
    private RunMerge merge;

    private int identitiesPerTable;
    private long entriesPerStep;
    private int identitiesSinceStep;

    SpilledRuns(DedupMemory memory) {
        this.memory = memory;
    }

    /** Empties a table that has at least one identity into a run. */
    void add(IdentityTable table, long oldestBucketMs) {
        identitiesPerTable = table.size();
        RunWriter writer = new RunWriter(memory, identitiesPerTable);
        try {
            table.drainTo(writer);
            newestFirst.add(0, writer.finish());
        } catch (RuntimeException e) {
            writer.abandon();
            throw e;
        }
        while (merge != null && newestFirst.size() > MOST_RUNS) {
            advance(Long.MAX_VALUE, oldestBucketMs);
        }
        if (merge == null) {
            beginMerge();
        }
    }

    /** Goes on with a merge, by as much as an identity more in the table makes necessary. */
    void identityAdded(long oldestBucketMs) {
        if (merge != null && ++identitiesSinceStep >= IDENTITIES_PER_STEP) {
            identitiesSinceStep = 0;
            advance(entriesPerStep, oldestBucketMs);
        }
    }

    private void advance(long entries, long oldestBucketMs) {
        merge.advance(entries, oldestBucketMs);
        if (merge.isComplete()) {
            endMerge();
            beginMerge();
        }
    }

    /** The newest neighbours of one size; so fast that the merge is over before the table is full once more. */
    private void beginMerge() {
        for (int first = 0; first + FAN_IN <= newestFirst.size(); first++) {
            List<SpilledRun> neighbours = newestFirst.subList(first, first + FAN_IN);
            if (areOfOneSize(neighbours)) {
                merge = new RunMerge(neighbours, memory);
                entriesPerStep = IDENTITIES_PER_STEP * (1 + merge.entries() / identitiesPerTable);
                return;
            }
        }
    }

    private void endMerge() {
        int first = 0;
        while (!merge.reads(newestFirst.get(first))) {
            first++;
        }
        newestFirst.subList(first, first + FAN_IN).clear();
        SpilledRun merged = merge.finish();
        merge = null;
        newestFirst.add(first, merged);
    }

    private static boolean areOfOneSize(List<SpilledRun> runs) {
        long smallest = Long.MAX_VALUE;
        long largest = 0;
        for (SpilledRun run : runs) {
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

    /** Drops the runs that hold nothing from a bucket on; of those that are being merged, all or none. */
    void expire(long oldestBucketMs) {
        if (merge != null && merge.newestBucketMs() < oldestBucketMs) {
            merge.abandon();
            merge = null;
        }
        newestFirst.removeIf(run -> {
            boolean isDropped = run.newestBucketMs() < oldestBucketMs && (merge == null || !merge.reads(run));
            if (isDropped) {
                run.close();
            }
            return isDropped;
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
        if (merge != null) {
            merge.abandon();
            merge = null;
        }
        newestFirst.forEach(SpilledRun::close);
        newestFirst.clear();
    }
}
