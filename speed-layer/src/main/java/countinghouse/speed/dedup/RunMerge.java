package countinghouse.speed.dedup;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes one run of several, a few entries at a time: of an identity the newest entry, and none from before the horizon. The runs may be asked
 * meanwhile.
 */
final class RunMerge {
    private final List<SpilledRun> inputs;
    private final List<RunCursor> cursors = new ArrayList<>();
    private final RunWriter output;
    private boolean hasLast;
    private long lastHigh;
    private long lastLow;

    RunMerge(List<SpilledRun> inputs, DedupMemory memory) {
        this.inputs = List.copyOf(inputs);
        inputs.forEach(run -> cursors.add(new RunCursor(run)));
        this.output = new RunWriter(memory, entries());
    }

    /** Entries to be read in all. */
    long entries() {
        return inputs.stream().mapToLong(SpilledRun::size).sum();
    }

    /** Start in ms of the newest bucket in the runs. */
    long newestBucketMs() {
        return inputs.stream().mapToLong(SpilledRun::newestBucketMs).max().orElseThrow();
    }

    boolean reads(SpilledRun run) {
        return inputs.contains(run);
    }

    /** Reads some more entries. */
    void advance(long entries, long oldestBucketMs) {
        for (long i = 0; i < entries && !isComplete(); i++) {
            takeFirst(oldestBucketMs);
        }
    }

    boolean isComplete() {
        return cursors.isEmpty();
    }

    private void takeFirst(long oldestBucketMs) {
        int first = 0;
        for (int i = 1; i < cursors.size(); i++) {
            if (cursors.get(i).isBefore(cursors.get(first))) {
                first = i;
            }
        }
        RunCursor entry = cursors.get(first);
        boolean isNewest = !hasLast || entry.high() != lastHigh || entry.low() != lastLow;
        if (isNewest && entry.bucketMs() >= oldestBucketMs) {
            output.append(entry.high(), entry.low(), entry.bucketMs(), entry.digest());
        }
        hasLast = true;
        lastHigh = entry.high();
        lastLow = entry.low();
        if (!entry.advance()) {
            cursors.remove(first);
        }
    }

    /** The run in place of the others, which are closed; all of them must be {@link #isComplete read}. */
    SpilledRun finish() {
        inputs.forEach(SpilledRun::close);
        return output.finish();
    }

    /** Gives up; the runs stay. */
    void abandon() {
        output.abandon();
    }
}
